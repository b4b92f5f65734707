using System.Collections.Immutable;
using System.Diagnostics;
using Npgsql;
using Stk.Channels;
using Stk.GrainInterfaces.Deliveries;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;
using Stk.Rules.Time;
using SteeringPlan = Stk.Grains.Requests.RequestPlan<bool, Stk.GrainInterfaces.Deliveries.SteeringReply>;

namespace Stk.Grains.Deliveries;

/// <inheritdoc cref="IDeliveriesGrain"/>
internal sealed class DeliveriesGrain(
    SteeringTable table, AddressTable addresses, DeliveryFigures figures, IEnumerable<IChannelSender> senders,
    KeyedWrites writes, OperatorRegister register, IClock clock, TimeProvider time) : Grain, IDeliveriesGrain
{
    public Task<DeadPage> ListDead(PageRequest request, NoticeChannel? channel, CancellationToken cancellation) =>
        table.ReadDead(request, channel, cancellation);

    public async Task<ImmutableArray<ChannelFigures>> GetFigures(CancellationToken cancellation)
    {
        var counts = await figures.Read(clock.Now, cancellation);
        return
        [
            .. counts.Select(one =>
            {
                var sender = senders.First(sender => sender.Channel == one.Channel);
                return new ChannelFigures(
                    one.Channel, sender.IsConfigured, one.IsPaused, sender.PerSecond, one.Waiting, one.Due, one.OldestDue,
                    one.Dead, one.Delivered, one.Gathered, one.GivenUp);
            }),
        ];
    }

    public Task<SteeringReply> Retry(RetryDeliveryRequest request, CancellationToken cancellation) =>
        Steer(() => writes.Change(request.Key, () => Plan(request, cancellation), cancellation), cancellation);

    public Task<SteeringReply> Pause(PauseChannelRequest request, CancellationToken cancellation) =>
        Steer(() => writes.Change(request.Key, () => Plan(request, cancellation), cancellation), cancellation);

    // Whatever else stands in a link is no token, and nothing to ask the database for.
    public async Task<bool> Confirm(string token, CancellationToken cancellation) =>
        AddressesGrain.IsToken(token)
        && await addresses.Confirm(token, clock.Now.InWholeMicroseconds(), time.GetUtcNow());

    private static async Task<SteeringReply> Steer(
        Func<Task<RequestAnswer<bool, SteeringReply>>> write, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await write() switch
                {
                    RequestAnswer<bool, SteeringReply>.Done { IsReplay: var isReplay } => new SteeringReply.Done(isReplay),
                    RequestAnswer<bool, SteeringReply>.Refused { Reason: var refusal } => refusal,
                    RequestAnswer<bool, SteeringReply>.KeyReused => new SteeringReply.KeyReused(),
                    _ => throw new UnreachableException(),
                };
            }
            catch (PostgresException conflict) when (KeyedWrites.IsConflict(conflict))
            {
                // Another was first: planned again on what stands.
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<SteeringPlan> Plan(RetryDeliveryRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new SteeringPlan.Refuse(new SteeringReply.OperatorUnknown());
        }

        if (await table.Find(request.Notice, request.Channel, cancellation) is not { } delivery)
        {
            return new SteeringPlan.Refuse(new SteeringReply.Unknown());
        }

        if (delivery.State != DeliveryState.Dead)
        {
            return new SteeringPlan.Refuse(new SteeringReply.NotDead());
        }

        var at = clock.Now.InWholeMicroseconds();
        var channel = request.Channel.WireName();
        return new SteeringPlan.Write(
            true,
            new(
                at, request.By, "notice.retry", delivery.Participant,
                AuditEntry.Json(new { state = DeliveryState.Dead.WireName(), reason = delivery.Reason }),
                AuditEntry.Json(new { request = request.Key.Id, notice = request.Notice, channel }), request.Reason),
            [
                OperatorRegister.Expect(by),
                SteeringTable.Retry(request.Key.Id, request.Notice, request.Channel, at, request.By, request.Reason),
            ]);
    }

    // To pause what is paused is done, and nothing to say in the log.
    private async Task<SteeringPlan> Plan(PauseChannelRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new SteeringPlan.Refuse(new SteeringReply.OperatorUnknown());
        }

        if (await table.IsPaused(request.Channel, cancellation) == request.IsPaused)
        {
            return new SteeringPlan.Refuse(new SteeringReply.Done(IsReplay: false));
        }

        var at = clock.Now.InWholeMicroseconds();
        return new SteeringPlan.Write(
            true,
            new(
                at, request.By, request.IsPaused ? "channel.pause" : "channel.resume", request.Channel.WireName(),
                AuditEntry.Json(new { paused = !request.IsPaused }), AuditEntry.Json(new { paused = request.IsPaused }),
                request.Reason),
            [
                OperatorRegister.Expect(by),
                .. SteeringTable.Pause(request.Channel, request.IsPaused, at, request.By, request.Reason),
            ]);
    }
}

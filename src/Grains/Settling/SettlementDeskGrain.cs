using System.Diagnostics;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Settling;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Payouts;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Payouts;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using SteerPlan =
    Stk.Grains.Requests.RequestPlan<Stk.Grains.Settling.SteeredPause, Stk.GrainInterfaces.Settling.SteeringReply>;

namespace Stk.Grains.Settling;

/// <inheritdoc cref="ISettlementDeskGrain"/>
/// <remarks>It remembers nothing: all is asked of the database and of the chain.</remarks>
internal sealed class SettlementDeskGrain(
    SettlingTable table, PauseTable pauses, ChainSight sight, ActTable acts, AskedActTable asked, BatchResolution resolution,
    SameCalls calls, KeyedWrites writes, OperatorRegister register, IClock clock) : Grain, ISettlementDeskGrain
{
    public async Task<SettlementStatus> GetStatus(CancellationToken cancellation)
    {
        var seen = sight.Look(cancellation);
        var stored = await table.ReadStatus(cancellation);
        var pause = await pauses.Find(cancellation);
        var chain = await seen;
        return stored with
        {
            IsOn = sight.IsOn,
            Pause = pause?.View,
            FloatHeld = chain.FloatHeld,
            Lamports = chain.Lamports,
            Caps = sight.Caps,
            Refill = await asked.FindRefill(clock.Now, DateTimeOffset.MaxValue, cancellation),
            Nodes = chain.Nodes,
        };
    }

    public Task<BatchPage> ListBatches(PageRequest request, string? state, CancellationToken cancellation) =>
        table.List(request, state, cancellation);

    public Task<BatchDetails?> GetBatch(Guid id, CancellationToken cancellation) => table.Find(id, cancellation);

    public async Task<SteeringReply> Pause(SteerSettlementRequest request, CancellationToken cancellation) =>
        Reply(await writes.Change(request.Key, () => PlanPause(request, cancellation), cancellation));

    public async Task<SteeringReply> Resume(SteerSettlementRequest request, CancellationToken cancellation)
    {
        if (!await calls.IsOf(request.Key.Id, cancellation))
        {
            var reply = Reply(await writes.Change(request.Key, () => PlanResume(request, cancellation), cancellation));
            if (reply is not SteeringReply.Done { Pause.Because: not PauseCause.ByOperator, IsReplay: false })
            {
                return reply;
            }
        }

        var number = (await pauses.Find(cancellation))?.Number ?? 0;
        return new SteeringReply.OfTwo(await calls.Answer(
            request.Key, request.By, request.Reason, SettlementResume.KindName, SettlementResume.Subject,
            new ResumePayoutsAct(number),
            () => Task.FromResult<SpendingRefusal?>(number == 0 ? SpendingRefusal.ActNotPossible : null), cancellation));
    }

    public async Task<SpendingReply<ApprovalView>> Resolve(ResolveBatchRequest request, CancellationToken cancellation)
    {
        var attempt = (await acts.Find(request.Batch, cancellation))?.Last?.Number ?? 0;
        var act = new ResolveAct(request.Batch, attempt, request.Signature);
        // Nodes that are silent now may speak when it is approved, and then they must.
        var reply = await calls.Answer(
            request.Key, request.By, request.Reason, BatchResolution.KindName, request.Batch.ToString(), act,
            () => resolution.Objection(act, maySkipLook: true, cancellation), cancellation);
        // Looked at once more: what is told is what a node shows now.
        return reply is SpendingReply<ApprovalView>.Refused { Reason: SpendingRefusal.EvidenceContradicts } refused
            && (await resolution.Look(act, maySkipLook: true, cancellation)).Why is { } why
            ? refused with { Detail = $"{why} Nothing has changed." }
            : reply;
    }

    private static SteeringReply Reply(RequestAnswer<SteeredPause, SteeringReply> answer) => answer switch
    {
        RequestAnswer<SteeredPause, SteeringReply>.Done(var steered, var isReplay) =>
            new SteeringReply.Done(steered.Pause, isReplay),
        RequestAnswer<SteeredPause, SteeringReply>.Refused { Reason: var refusal } => refusal,
        RequestAnswer<SteeredPause, SteeringReply>.KeyReused => new SteeringReply.KeyReused(),
        _ => throw new UnreachableException(),
    };

    private async Task<SteerPlan> PlanPause(SteerSettlementRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new SteerPlan.Refuse(new SteeringReply.OperatorUnknown());
        }

        // What holds them goes on doing so: its cause is not painted over.
        if (await pauses.Find(cancellation) is { View: var standing })
        {
            return new SteerPlan.Refuse(new SteeringReply.Done(standing, IsReplay: false));
        }

        var pause = new PauseView(
            PauseCause.ByOperator, clock.Now.InWholeMicroseconds(), by.Subject, request.Reason);
        return new SteerPlan.Write(
            new(pause),
            new(
                pause.Since, by.Subject, "settlement.pause", SettlementResume.Subject,
                AuditEntry.Json(new { pausedBecause = (string?)null }),
                AuditEntry.Json(new { pausedBecause = pause.Because.WireName() }), request.Reason),
            [OperatorRegister.Expect(by), .. PauseTable.Begin(pause)]);
    }

    // What is held by more than an operator's word is answered as it stands, and takes two.
    private async Task<SteerPlan> PlanResume(SteerSettlementRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new SteerPlan.Refuse(new SteeringReply.OperatorUnknown());
        }

        if (await pauses.Find(cancellation) is not var (number, pause))
        {
            return new SteerPlan.Refuse(new SteeringReply.Done(null, IsReplay: false));
        }

        var at = clock.Now.InWholeMicroseconds();
        return pause.Because != PauseCause.ByOperator
            ? new SteerPlan.Refuse(new SteeringReply.Done(pause, IsReplay: false))
            : new SteerPlan.Write(
                new(null),
                new(
                    at, by.Subject, SettlementResume.KindName, SettlementResume.Subject,
                    AuditEntry.Json(new { pausedBecause = pause.Because.WireName() }),
                    AuditEntry.Json(new { pausedBecause = (string?)null }), request.Reason),
                [OperatorRegister.Expect(by), .. PauseTable.End(number, at, by.Subject, request.Reason, approval: null)]);
    }
}

/// <summary>What a request to pause or to go on has come to, as its answer is kept.</summary>
/// <param name="Pause">Null where nothing holds payouts.</param>
internal sealed record SteeredPause(PauseView? Pause);

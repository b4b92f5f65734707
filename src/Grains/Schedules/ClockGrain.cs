using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Clock;
using Stk.GrainInterfaces.Schedules;
using Stk.Grains.AuditLog;
using Stk.Grains.Clocks;
using Stk.Grains.Economy;
using Stk.Grains.Requests;
using Stk.Rules.Time;

namespace Stk.Grains.Schedules;

/// <inheritdoc cref="IClockGrain"/>
/// <remarks>Two settings at once, here or by an earlier build, are put in order by the stored clock.</remarks>
internal sealed class ClockGrain(
    EconomyClock clock, ClockTable clocks, SiloClocks silos, EconomyCache economy, GenesisSetting genesis,
    KeyedWrites writes, ILogger<ClockGrain> log)
    : Grain, IClockGrain
{
    private IScheduleGrain Schedule => GrainFactory.GetGrain<IScheduleGrain>(0);

    public Task<DateTimeOffset?> GetOrSetGenesis(ImmutableArray<GenesisCandidate> candidates) =>
        genesis.GetOrSet(candidates);

    public async Task<SetClockReply> Set(SetClockRequest request)
    {
        if (!clock.IsManual)
        {
            return new SetClockReply.NotManual();
        }

        // Written down first: what an operator has set in motion is never without its entry.
        var target = request.Now.ToUniversalTime();
        var answer = await writes.Change(request.Key, () => Plan(request, target), CancellationToken.None);
        return answer switch
        {
            RequestAnswer<DateTimeOffset, SetClockReply>.Refused { Reason: var refusal } => refusal,
            RequestAnswer<DateTimeOffset, SetClockReply>.KeyReused => new SetClockReply.KeyReused(),
            RequestAnswer<DateTimeOffset, SetClockReply>.Done { IsReplay: false } => await Move(target),

            // Its silo may have died between the entry and the setting.
            _ when target > clock.Target && await Move(target) is SetClockReply.Moving moving =>
                moving with { IsReplay = true },
            _ => new SetClockReply.Moving(await Schedule.GetClock(), IsReplay: true),
        };
    }

    public async Task<SetClockReply> Stop(StopClockRequest request)
    {
        if (!clock.IsManual)
        {
            return new SetClockReply.NotManual();
        }

        // In one with its entry: a copy that comes late ends no later setting.
        var answer = await writes.Change<DateTimeOffset, NoRefusal>(
            request.Key,
            async () =>
            {
                await economy.Refresh(CancellationToken.None);
                return new RequestPlan<DateTimeOffset, NoRefusal>.Write(
                    clock.Now,
                    new(
                        clock.Now, request.By, "clock.stop", "clock", AuditEntry.Json(new { now = clock.Target }),
                        AuditEntry.Json(new { now = clock.Now }), request.Reason),
                    ClockTable.Stop());
            },
            CancellationToken.None);
        if (answer is not RequestAnswer<DateTimeOffset, NoRefusal>.Done { IsReplay: var isReplay })
        {
            return new SetClockReply.KeyReused();
        }

        if (await clocks.Read(CancellationToken.None) is { } stopped)
        {
            await silos.Set(stopped);
            Log.ClockStopped(log, stopped.Target);
        }

        await Schedule.Wake();
        return new SetClockReply.Moving(await Schedule.GetClock(), isReplay);
    }

    private async Task<RequestPlan<DateTimeOffset, SetClockReply>> Plan(SetClockRequest request, DateTimeOffset target)
    {
        await economy.Refresh(CancellationToken.None);
        var isFree = await clocks.IsEconomyEmpty(CancellationToken.None);
        if (target < clock.Target && !isFree)
        {
            return new RequestPlan<DateTimeOffset, SetClockReply>.Refuse(
                new SetClockReply.Backwards(await Schedule.GetClock()));
        }

        if (ClockSteps.IsTooFar(clock.Target, target) && !isFree && !request.IsForced)
        {
            return new RequestPlan<DateTimeOffset, SetClockReply>.Refuse(
                new SetClockReply.TooFar(await Schedule.GetClock()));
        }

        return new RequestPlan<DateTimeOffset, SetClockReply>.Write(
            target,
            new(
                clock.Now, request.By, "clock.set", "clock", AuditEntry.Json(new { now = clock.Target }),
                AuditEntry.Json(new { now = target }), Reason: null));
    }

    private async Task<SetClockReply> Move(DateTimeOffset target)
    {
        // Every silo's view of the setting before this one, whichever activation made it.
        await economy.Refresh(CancellationToken.None);
        var isEmpty = await clocks.IsEconomyEmpty(CancellationToken.None);
        if (target < clock.Target && !isEmpty)
        {
            return new SetClockReply.Backwards(await Schedule.GetClock());
        }

        // In an empty economy nothing is due on the way but what genesis has asked for.
        var from = isEmpty ? economy.Genesis ?? target : clock.Now;
        if (await clocks.Set(from < target ? from : target, target, isEmpty, CancellationToken.None) is not { } time)
        {
            return new SetClockReply.Backwards(await Schedule.GetClock());
        }

        await silos.Set(time);
        Log.ClockSet(log, target);
        await Schedule.Wake();
        return new SetClockReply.Moving(await Schedule.GetClock());
    }
}

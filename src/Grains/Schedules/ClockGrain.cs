using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Clock;
using Stk.GrainInterfaces.Schedules;
using Stk.Grains.AuditLog;
using Stk.Grains.Clocks;
using Stk.Grains.Economy;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Time;
using ClockPlan =
    Stk.Grains.Requests.RequestPlan<System.DateTimeOffset, Stk.GrainInterfaces.Schedules.SetClockReply>;

namespace Stk.Grains.Schedules;

/// <inheritdoc cref="IClockGrain"/>
/// <remarks>Two settings at once, here or by an earlier build, are put in order by the stored clock.</remarks>
internal sealed class ClockGrain(
    EconomyClock clock, ClockTable clocks, SiloClocks silos, EconomyCache economy, GenesisSetting genesis,
    OperatorRegister register, KeyedWrites writes, ILogger<ClockGrain> log)
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

        var answer = await writes.Change(request.Key, () => Plan(request), CancellationToken.None);
        if (answer is RequestAnswer<DateTimeOffset, SetClockReply>.Refused { Reason: var refusal })
        {
            return refusal;
        }

        if (answer is not RequestAnswer<DateTimeOffset, SetClockReply>.Done { IsReplay: var isReplay })
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

    // In one with its entry: a copy that comes late ends no later setting.
    private async Task<ClockPlan> Plan(StopClockRequest request)
    {
        if (await register.FindOperator(request.By, CancellationToken.None) is not { } by)
        {
            return new ClockPlan.Refuse(new SetClockReply.OperatorUnknown());
        }

        await economy.Refresh(CancellationToken.None);
        return new ClockPlan.Write(
            clock.Now,
            new(
                clock.Now, by.Subject, "clock.stop", "clock", AuditEntry.Json(new { now = clock.Target }),
                AuditEntry.Json(new { now = clock.Now }), request.Reason),
            OperatorRegister.Expect(by), ClockTable.Stop());
    }

    private async Task<ClockPlan> Plan(SetClockRequest request, DateTimeOffset target)
    {
        if (await register.FindOperator(request.By, CancellationToken.None) is not { } by)
        {
            return new ClockPlan.Refuse(new SetClockReply.OperatorUnknown());
        }

        await economy.Refresh(CancellationToken.None);
        var isFree = await clocks.IsEconomyEmpty(CancellationToken.None);
        if (target < clock.Target && !isFree)
        {
            return new ClockPlan.Refuse(new SetClockReply.Backwards(await Schedule.GetClock()));
        }

        if (ClockSteps.IsTooFar(clock.Target, target) && !isFree && !request.IsForced)
        {
            return new ClockPlan.Refuse(new SetClockReply.TooFar(await Schedule.GetClock()));
        }

        return new ClockPlan.Write(
            target,
            new(
                clock.Now, by.Subject, "clock.set", "clock", AuditEntry.Json(new { now = clock.Target }),
                AuditEntry.Json(new { now = target }), Reason: null),
            OperatorRegister.Expect(by));
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

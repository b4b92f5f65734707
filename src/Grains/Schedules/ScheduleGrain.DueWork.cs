using System.Collections.Frozen;
using System.Diagnostics;
using Stk.GrainInterfaces.Emission;
using Stk.GrainInterfaces.Weeks;
using Stk.Rules.Runs;
using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Grains.Schedules;

/// <summary>The loop that does what is due, and the steps of the manual clock on its way.</summary>
internal sealed partial class ScheduleGrain
{
    // Never throws: what went wrong is logged, and the next tick tries again.
    private async Task Loop()
    {
        try
        {
            while (_again)
            {
                _again = false;
                await RunDue();
            }
        }
        catch (Exception exception)
        {
            Log.ScheduleFailed(log, exception);
        }
        finally
        {
            _doing = null;
        }
    }

    private async Task RunDue()
    {
        if (economy.Genesis is null)
        {
            await economy.Refresh(CancellationToken.None);
        }

        _blocked.Clear();
        quarters.Release();
        _waiting = null;
        await ResumeForced();
        while (await IsClockTrusted())
        {
            var until = clock.Target;
            if (DueWork.Next(Due(), until) is not { } item)
            {
                await Reach(until);
                return;
            }

            if (!await StepTo(item.At))
            {
                continue;
            }

            if (!await Run(item))
            {
                return;
            }
        }
    }

    // A week that an operator asked to close does not wait for its hours, and its silo may have died.
    private async Task ResumeForced()
    {
        if (_isResumed || economy.Genesis is not { } genesisAt)
        {
            return;
        }

        var first = _firstUnfinished ?? WeekId.Of(genesisAt);
        if (first.End <= clock.Now)
        {
            var week = GrainFactory.GetGrain<IWeekGrain>(first.ToString());
            if ((await week.GetStatus()).IsForced)
            {
                await week.Drive(WeekStages.Last);
            }
        }

        _isResumed = true;
    }

    private DueState Due() => new(economy.Genesis, _lastEmitted, _firstUnfinished)
    {
        LastVestedDay = _lastVested,
        LastNotifiedWeek = _lastNotified,
        NextRenewals = economy.Genesis is { } begin
            ? (_lastRenewed ?? DateOnly.FromDateTime(begin.UtcDateTime)).AddDays(1)
            : null,
        LastDone = _lastDone.ToFrozenDictionary(),
        Blocked = _blocked.ToFrozenSet(),
        Inactivity = quarters.Next(economy.Genesis),
    };

    private async Task PurgeDaily()
    {
        if (_lastPurge == 0 || Stopwatch.GetElapsedTime(_lastPurge) > TimeSpan.FromDays(1))
        {
            await ledger.PurgeRefusals();
            await writes.DropEnded(CancellationToken.None);
            _lastPurge = Stopwatch.GetTimestamp();
        }
    }

    private async Task<bool> IsClockTrusted()
    {
        if (!clock.IsManual
            && state.State.PausedBecause is null
            && Stopwatch.GetElapsedTime(_lastHeartbeat) > HeartbeatPeriod)
        {
            var reason = await guard.Check(CancellationToken.None);
            _lastHeartbeat = Stopwatch.GetTimestamp();
            if (reason is not null)
            {
                // Stored: a clock that has come right by itself meanwhile is an operator's to judge all the same. Where that
                // fails, the next look finds the same: no heartbeat was left.
                state.State.PausedBecause = reason;
                state.State.PausedAt = clock.Now.InWholeMicroseconds();
                await Write();
                _pausedBecause = reason;
                Log.SchedulePaused(log, reason);
            }
        }

        return state.State.PausedBecause is null || await EndPause();
    }

    // False where it must be looked at again later.
    private async Task<bool> Run(DueItem item)
    {
        var waitsFor = await workLog.Do(item, () => Act(item));
        _waiting = waitsFor ?? _waiting;
        // Whoever emits may find that the day begins a moment later; what else waits, others go past.
        return waitsFor is null || item is not DueItem.Emission;
    }

    // What it waits for, in words; null where it is done.
    private async Task<string?> Act(DueItem item)
    {
        switch (item)
        {
            case DueItem.Emission emission:
                _doing = FormattableString.Invariant($"emission of {emission.Day:yyyy-MM-dd}");
                _lastEmitted = await GrainFactory.GetGrain<IEmissionGrain>(0).Emit(emission.Day);
                return _lastEmitted >= emission.Day ? null : "the day has not begun by the clock of the silo that emits";
            case DueItem.Stage stage:
                _doing = $"{stage.WeekStage.WireName()} of {stage.Week}";
                return await Drive(stage);
            case DueItem.Vesting day:
                _doing = FormattableString.Invariant($"vesting of {day.Day:yyyy-MM-dd}");
                await vesting.Run(day.Day);
                _lastVested = day.Day;
                return null;
            case DueItem.WeekNotices notices:
                _doing = $"notices of {notices.Week}";
                await weekNotices.Run(notices.Week);
                _lastNotified = notices.Week;
                return null;
            case DueItem.Renewals due:
                _doing = FormattableString.Invariant($"renewals of {due.Day:yyyy-MM-dd}");
                await renewals.Run(due.Day);
                _lastRenewed = due.Day;
                return null;
            case DueItem.InactivityWarning warning:
                _doing = FormattableString.Invariant($"warning of {warning.Quarter}, {warning.Days} days before it");
                return await quarters.Drive(warning.Quarter, warning.Days);
            case DueItem.InactivityRun run:
                _doing = $"redistribution of {run.Quarter}";
                return await quarters.Drive(run.Quarter, days: 0);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<string?> Drive(DueItem.Stage item)
    {
        var week = GrainFactory.GetGrain<IWeekGrain>(item.Week.ToString());
        while (true)
        {
            var status = await week.Drive(item.WeekStage);
            if (status.Done is { } done)
            {
                _lastDone[item.Week] = done;
            }

            if (status.Done >= item.WeekStage)
            {
                await NoteLater(item, status.Done.Value);
                if (status.Done == WeekStages.Last)
                {
                    _firstUnfinished = item.Week.Next;
                    _lastDone.Remove(item.Week);
                }

                return null;
            }

            if (status.BlockedBy is { } blockedBy)
            {
                _blocked.Add(item.Week);
                return $"{item.Week}: {blockedBy}";
            }

            if (status.Fault is { } fault)
            {
                _waiting = $"{item.Week}: {fault}";
                throw new InvalidOperationException($"week {item.Week}: {fault}");
            }
        }
    }

    // Those that a week closed by hand has done with it.
    private async Task NoteLater(DueItem.Stage item, WeekStage done)
    {
        for (var stage = item.WeekStage + 1; stage <= done; stage++)
        {
            await workLog.Note(new DueItem.Stage(WeekTimetable.EarliestStart(item.Week, stage), item.Week, stage));
        }
    }

    // The economy's now, while the manual clock is on its way: each act bears its own time. False where the setting is no
    // longer the one that stands: another may end before that instant, and what is due there is not.
    private async Task<bool> StepTo(DateTimeOffset at)
    {
        if (clock.Standing is not { } standing || at <= standing.Reached)
        {
            return true;
        }

        // Stored first: a silo that joins on the way reads where the clock stands, and stood too early otherwise.
        var step = standing with { Reached = at };
        if (!await clocks.Reach(step, CancellationToken.None))
        {
            await economy.Refresh(CancellationToken.None);
            return false;
        }

        await silos.Set(step);
        return true;
    }

    private async Task Reach(DateTimeOffset until)
    {
        _reached = until;
        if (clock.Standing is not { } standing || standing.Version == _settledVersion)
        {
            return;
        }

        // Whoever reads after "reached" sees all that was done on the way.
        await silos.CatchUp((await ledger.GetHead()).Sequence);
        if (clock.Standing is { } now && now.Target == until)
        {
            await clocks.Reach(now with { Reached = until }, CancellationToken.None);
            await silos.Set(now with { Reached = until });
            _settledVersion = now.Version;
        }
        else
        {
            _again = true;
        }
    }
}

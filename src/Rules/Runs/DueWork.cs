using System.Collections.Frozen;
using Stk.Rules.Inactivity;
using Stk.Rules.Renewals;
using Stk.Rules.Weeks;

namespace Stk.Rules.Runs;

/// <summary>How far the schedule's work has come.</summary>
/// <param name="Genesis">Null: nothing is ever due.</param>
/// <param name="LastEmittedDay">Null: none yet.</param>
/// <param name="FirstUnfinishedWeek">The first whose run has not ended; null: the week of genesis.</param>
public sealed record DueState(DateTimeOffset? Genesis, DateOnly? LastEmittedDay, WeekId? FirstUnfinishedWeek)
{
    /// <summary>The last day whose frozen rewards were decided; null: none yet.</summary>
    public DateOnly? LastVestedDay { get; init; }

    /// <summary>The last week of whose statements people were told; null: none yet.</summary>
    public WeekId? LastNotifiedWeek { get; init; }

    /// <summary>The last done stage of unfinished weeks; a week that is missing has none.</summary>
    public IReadOnlyDictionary<WeekId, WeekStage> LastDone { get; init; } = FrozenDictionary<WeekId, WeekStage>.Empty;

    /// <summary>Weeks that cannot go on: a required source is not complete, a reconciliation does not fit.</summary>
    public IReadOnlySet<WeekId> Blocked { get; init; } = FrozenSet<WeekId>.Empty;

    /// <summary>What the inactive are to hear of next, and lose; null: nothing yet.</summary>
    public QuarterWork? Inactivity { get; init; }

    /// <summary>The next day whose renewals are not done; null: nobody asks.</summary>
    public DateOnly? NextRenewals { get; init; }
}

/// <summary>
/// What falls due next, in the order of time; at one instant emission, then week stages, vesting, the inactive, notices
/// of a week, renewals.
/// </summary>
public static class DueWork
{
    /// <summary>The first item due at or before an instant, or null. Do it, and ask again.</summary>
    public static DueItem? Next(DueState state, DateTimeOffset until)
    {
        if (state.Genesis is not { } genesis)
        {
            return null;
        }

        var emission = NextEmission(genesis, state.LastEmittedDay);
        var stage = NextStage(genesis, state, until);
        var first = stage is not null && stage.At < emission.At ? stage : (DueItem)emission;
        var vesting = NextVesting(genesis, state.LastVestedDay);
        first = vesting.At < first.At ? vesting : first;

        if (NextOfInactivity(genesis, state) is { } inactivity && inactivity.At < first.At)
        {
            first = inactivity;
        }

        if (NextNotices(genesis, state) is { } notices && notices.At < first.At)
        {
            first = notices;
        }

        if (state.NextRenewals is { } day && RenewalTimetable.RunsAt(day) is var at && at < first.At)
        {
            first = new DueItem.Renewals(at, day);
        }

        return first.At <= until ? first : null;
    }

    // Due at 00:00 of its day, but never before genesis itself.
    private static DueItem.Emission NextEmission(DateTimeOffset genesis, DateOnly? last)
    {
        var day = last?.AddDays(1) ?? DateOnly.FromDateTime(genesis.UtcDateTime);
        var midnight = new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero);
        return new(midnight < genesis ? genesis : midnight, day);
    }

    // From the day after genesis on: nothing is frozen for less than a day.
    private static DueItem.Vesting NextVesting(DateTimeOffset genesis, DateOnly? last)
    {
        var day = (last ?? DateOnly.FromDateTime(genesis.UtcDateTime)).AddDays(1);
        return new(new(day, TimeOnly.MinValue, TimeSpan.Zero), day);
    }

    // Stages of a later week begin when all of an earlier week's could have: the first week that has one left decides.
    private static DueItem.Stage? NextStage(DateTimeOffset genesis, DueState state, DateTimeOffset until)
    {
        for (var week = state.FirstUnfinishedWeek ?? WeekId.Of(genesis); week.End <= until; week = week.Next)
        {
            if (state.Blocked.Contains(week))
            {
                // Weeks are sealed strictly in order.
                return null;
            }

            WeekStage? done = state.LastDone.TryGetValue(week, out var last) ? last : null;
            if (WeekStages.After(done) is { } next)
            {
                return new(WeekTimetable.EarliestStart(week, next), week, next);
            }
        }

        return null;
    }

    // Of a week that is settled: nobody is told what may still change.
    private static DueItem.WeekNotices? NextNotices(DateTimeOffset genesis, DueState state)
    {
        var week = state.LastNotifiedWeek?.Next ?? WeekId.Of(genesis);
        return state.FirstUnfinishedWeek > week ? new(WeekTimetable.NoticesAt(week), week) : null;
    }

    // One after the other, across quarters too. The run waits for the week that ends where its Monday begins.
    private static DueItem? NextOfInactivity(DateTimeOffset genesis, DueState state)
    {
        if (state.Inactivity is not { } work)
        {
            return null;
        }

        if (!work.WarningDays.IsEmpty)
        {
            var days = work.WarningDays[0];
            return new DueItem.InactivityWarning(InactivityTimetable.WarnsAt(work.Quarter, days), work.Quarter, days);
        }

        var unfinished = state.FirstUnfinishedWeek ?? WeekId.Of(genesis);
        return unfinished > InactivityTimetable.WeekBefore(work.Quarter)
            ? new DueItem.InactivityRun(InactivityTimetable.RunsAt(work.Quarter), work.Quarter)
            : null;
    }
}

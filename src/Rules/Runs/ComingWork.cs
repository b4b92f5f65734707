using System.Collections.Immutable;

namespace Stk.Rules.Runs;

/// <summary>What the schedule will do, in the order in which it does it.</summary>
public static class ComingWork
{
    /// <summary>How far ahead is looked.</summary>
    public static readonly TimeSpan Horizon = TimeSpan.FromDays(120);

    /// <summary>Most items that are due: a long downtime has more, which follow.</summary>
    public const int DueMax = 200;

    /// <summary>All that is due at an instant, and the next of each kind after it.</summary>
    /// <param name="state">With nothing blocked: what waits is due all the same.</param>
    public static ImmutableArray<DueItem> Of(DueState state, DateTimeOffset now)
    {
        var items = ImmutableArray.CreateBuilder<DueItem>();
        var kinds = new HashSet<string>(StringComparer.Ordinal);
        var until = now + Horizon;
        for (var left = state; items.Count < DueMax && DueWork.Next(left, until) is { } item; left = After(left, item))
        {
            if (item.At <= now || kinds.Add(item.Kind))
            {
                items.Add(item);
            }
        }

        return items.ToImmutable();
    }

    /// <summary>The state once an item is done.</summary>
    public static DueState After(DueState state, DueItem item) => item switch
    {
        DueItem.Emission emission => state with { LastEmittedDay = emission.Day },
        DueItem.Vesting vesting => state with { LastVestedDay = vesting.Day },
        DueItem.Stage { WeekStage: WeekStages.Last } stage => state with { FirstUnfinishedWeek = stage.Week.Next },
        DueItem.Stage stage => state with
        {
            LastDone = state.LastDone.ToImmutableDictionary().SetItem(stage.Week, stage.WeekStage),
        },
        DueItem.WeekNotices notices => state with { LastNotifiedWeek = notices.Week },
        DueItem.Renewals renewals => state with { NextRenewals = renewals.Day.AddDays(1) },
        DueItem.InactivityWarning when state.Inactivity is { } work => state with
        {
            Inactivity = work with { WarningDays = work.WarningDays.RemoveAt(0) },
        },
        // What follows it is known once it is done.
        DueItem.InactivityRun => state with { Inactivity = null },
        _ => throw new ArgumentException($"{item.Kind} of {item.Subject} is none that is left", nameof(item)),
    };
}

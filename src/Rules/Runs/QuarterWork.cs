using System.Collections.Immutable;
using Stk.Rules.Inactivity;
using Stk.Rules.Quarters;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Runs;

/// <summary>What is left to do of the first quarter whose run is not done.</summary>
/// <param name="WarningDays">Of the warnings that are not given yet, descending.</param>
public sealed record QuarterWork(QuarterId Quarter, ImmutableArray<int> WarningDays)
{
    /// <summary>What comes after what is done.</summary>
    /// <param name="lastRun">The last quarter whose run is done; null: none.</param>
    /// <param name="warned">Days of the warnings that the quarter after it has given.</param>
    public static QuarterWork After(
        DateTimeOffset genesis, QuarterId? lastRun, IReadOnlyCollection<int> warned, RuleBookHistory books)
    {
        var quarter = lastRun?.Next ?? First(genesis);
        return new(
            quarter,
            [
                .. InactivityTimetable.Rules(quarter, books).WarningDays
                    .Where(days => !warned.Contains(days) && InactivityTimetable.WarnsAt(quarter, days) >= genesis),
            ]);
    }

    /// <summary>The first whose run finds a week behind it: before that nobody can have been active.</summary>
    public static QuarterId First(DateTimeOffset genesis)
    {
        var quarter = QuarterId.Of(DateOnly.FromDateTime(genesis.UtcDateTime));
        while (InactivityTimetable.WeekBefore(quarter) < WeekId.Of(genesis))
        {
            quarter = quarter.Next;
        }

        return quarter;
    }
}

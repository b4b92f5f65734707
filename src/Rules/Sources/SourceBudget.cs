using System.Globalization;
using Stk.Rules.Activity;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Sources;

/// <summary>What a source's events of one UTC day are worth before coefficients, and what they may be worth.</summary>
public static class SourceBudget
{
    /// <summary>
    /// Weights times what each participant has had of a type, up to the day's limit, as if no other source had sent
    /// anything.
    /// </summary>
    /// <param name="received">
    /// Live events of the source on the day, by participant and type; of an account that is excluded from the week none.
    /// </param>
    public static long Points(IEnumerable<(long Participant, string Type, int Received)> received, RuleBook book)
    {
        var points = 0L;
        foreach (var (_, type, count) in received)
        {
            if (book.Weighted(type) is { } rule)
            {
                points = checked(points + ((long)rule.Weight * DayLimits.Counted(count, rule)));
            }
        }

        return points;
    }

    /// <summary>Whether more may come than before: that needs a reason. A budget where there was none is no raise.</summary>
    /// <param name="before">Unit: points a day; null: no budget.</param>
    public static bool IsRaised(long? before, long? after) => before is { } least && (after is not { } most || most > least);

    /// <summary>Why a week is not sealed, in words.</summary>
    public static string Obstacle(IEnumerable<OverBudgetDay> days) => string.Join("; ", days.Select(over => string.Create(
        CultureInfo.InvariantCulture,
        $"source {over.Source} must be within its budget: {over.Day:yyyy-MM-dd} has {over.Points} points of {over.Budget}")));
}

/// <summary>A UTC day of which a source's events are worth more than its budget. Unit: points.</summary>
public sealed record OverBudgetDay(string Source, DateOnly Day, long Points, long Budget);

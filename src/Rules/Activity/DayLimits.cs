using Stk.Rules.RuleBooks;

namespace Stk.Rules.Activity;

/// <summary>Day limits, on live events: stored ones of a weighted type, neither late nor retracted.</summary>
public static class DayLimits
{
    /// <summary>How many of a day's live events of a type count.</summary>
    public static int Counted(int live, ActivityRule rule)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(live);
        return Math.Min(live, rule.DayLimit);
    }

    /// <summary>Points before coefficients: weight x min(limit, live), over all days and types.</summary>
    /// <param name="live">Of one participant and week. Types without a weight earn nothing.</param>
    public static long Points(IEnumerable<KeyValuePair<ActivityDay, int>> live, RuleBook book)
    {
        var points = 0L;
        foreach (var (key, count) in live)
        {
            if (book.Weighted(key.Type) is { } rule)
            {
                points += (long)rule.Weight * Counted(count, rule);
            }
        }

        return points;
    }
}

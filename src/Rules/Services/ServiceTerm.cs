namespace Stk.Rules.Services;

/// <summary>What a purchase gives: without end, or so many days or calendar months, or so many sessions.</summary>
/// <param name="Days">At most one of the three is set.</param>
public readonly record struct ServiceTerm(int? Days, int? Months, int? Sessions)
{
    /// <summary>
    /// The first instant that it no longer covers; null for without end. A month ends on the same day of the month and
    /// hour, on the last day of a month that is shorter.
    /// </summary>
    public DateTimeOffset? Until(DateTimeOffset from)
    {
        var utc = from.ToUniversalTime();
        return Days is { } days ? utc.AddDays(days)
            : Months is { } months ? utc.AddMonths(months)
            : null;
    }
}

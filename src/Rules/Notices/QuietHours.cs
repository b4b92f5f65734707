namespace Stk.Rules.Notices;

/// <summary>When a person is not to be disturbed, by the clock of their zone.</summary>
/// <param name="From">The first quiet minute.</param>
/// <param name="To">The first minute that is not quiet any more; another than <paramref name="From"/>.</param>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    public static readonly QuietHours Default = new(new(22, 0), new(8, 0));

    /// <summary>The first instant at or after another that is not quiet.</summary>
    public DateTimeOffset EndAfter(DateTimeOffset at, TimeZoneInfo zone)
    {
        var shown = PersonsClock.Shows(zone, at);
        var time = TimeOnly.FromDateTime(shown);
        if (!IsQuiet(time))
        {
            return at;
        }

        var end = (To > time ? shown.Date : shown.Date.AddDays(1)) + To.ToTimeSpan();
        return PersonsClock.FirstAt(zone, end, at);
    }

    private bool IsQuiet(TimeOnly time) => From < To ? time >= From && time < To : time >= From || time < To;
}

namespace Stk.Rules.Notices;

/// <summary>When a person is not to be disturbed, by the clock of their zone.</summary>
/// <param name="From">The first quiet minute.</param>
/// <param name="To">The first minute that is not quiet any more; another than <paramref name="From"/>.</param>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    public static readonly QuietHours Default = new(new(22, 0), new(8, 0));

    /// <summary>
    /// An instant that is not quiet, or the end of the quiet hours that it is in: where the clock is put forward over their
    /// end, the instant at which it is.
    /// </summary>
    public DateTimeOffset EndAfter(DateTimeOffset at, TimeZoneInfo zone)
    {
        var shown = PersonsClock.Shows(zone, at);
        var time = TimeOnly.FromDateTime(shown);
        if (!IsQuiet(time))
        {
            return at;
        }

        // It may show their end twice, or, where only minutes are not quiet, not at all that day.
        for (var day = shown.Date; ; day = day.AddDays(1))
        {
            var end = PersonsClock.FirstAt(zone, day + To.ToTimeSpan(), at);
            if (end > at && !IsQuiet(TimeOnly.FromDateTime(PersonsClock.Shows(zone, end))))
            {
                return end;
            }
        }
    }

    private bool IsQuiet(TimeOnly time) => From < To ? time >= From && time < To : time >= From || time < To;
}

namespace Stk.Rules.Notices;

/// <summary>What a clock on a person's wall shows, where it may be put forward and back.</summary>
internal static class PersonsClock
{
    public static DateTime Shows(TimeZoneInfo zone, DateTimeOffset at) => TimeZoneInfo.ConvertTime(at, zone).DateTime;

    /// <summary>
    /// The first instant, not before a given one, at which the clock shows a time; where it is put forward over that time,
    /// the instant at which it is; where it shows it only before, the last.
    /// </summary>
    /// <param name="shown">Whole minutes.</param>
    public static DateTimeOffset FirstAt(TimeZoneInfo zone, DateTime shown, DateTimeOffset notBefore)
    {
        while (zone.IsInvalidTime(shown))
        {
            shown = shown.AddMinutes(1);
        }

        if (!zone.IsAmbiguousTime(shown))
        {
            return new DateTimeOffset(shown, zone.GetUtcOffset(shown)).ToUniversalTime();
        }

        var instants = zone.GetAmbiguousTimeOffsets(shown)
            .Select(offset => new DateTimeOffset(shown, offset).ToUniversalTime()).Order().ToList();
        return instants.Find(instant => instant >= notBefore) is var first && first != default ? first : instants[^1];
    }
}

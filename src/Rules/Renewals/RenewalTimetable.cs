namespace Stk.Rules.Renewals;

/// <summary>When a renewal is looked at, and which time it pays for. All in UTC.</summary>
public static class RenewalTimetable
{
    /// <summary>A day each, the first on the day before the end.</summary>
    public const int AttemptsMax = 3;

    /// <summary>How long before its last day a participant is told. Unit: days.</summary>
    public const int NoticeDays = 3;

    private static readonly TimeOnly Hour = new(9, 0);

    /// <summary>When a day's renewals are due.</summary>
    public static DateTimeOffset RunsAt(DateOnly day) => new(day, Hour, TimeSpan.Zero);

    /// <summary>When the first attempt is due for what ends then.</summary>
    public static DateTimeOffset RenewsAt(DateTimeOffset endsAt) => RunsAt(DayOf(endsAt).AddDays(-1));

    /// <summary>When the last attempt is due for what ends then.</summary>
    public static DateTimeOffset LastAttemptAt(DateTimeOffset endsAt) =>
        RunsAt(DayOf(endsAt).AddDays(AttemptsMax - 2));

    /// <summary>
    /// What a day's run does about something that ends then: 0 tells of it, 1 to <see cref="AttemptsMax"/> is an attempt;
    /// null: nothing.
    /// </summary>
    public static int? AttemptOn(DateOnly day, DateTimeOffset endsAt)
    {
        var last = DayOf(endsAt);
        var since = day.DayNumber - last.DayNumber;
        return since == -NoticeDays ? 0
            : since is >= -1 and < AttemptsMax - 1 ? since + 2
            : null;
    }

    /// <summary>The ends of what a day's run looks at: from the first, before the second.</summary>
    public static (DateTimeOffset From, DateTimeOffset Below) EndsOf(DateOnly day) => (
        new(day.AddDays(-(AttemptsMax - 2)), TimeOnly.MinValue, TimeSpan.Zero),
        new(day.AddDays(NoticeDays + 1), TimeOnly.MinValue, TimeSpan.Zero));

    /// <summary>
    /// The time that a renewal pays for: told from the first begin, never from the time before, so that 31 January is
    /// followed by 28 February and then by 31 March.
    /// </summary>
    /// <param name="begin">Of what was bought.</param>
    /// <param name="months">That it was bought for.</param>
    /// <param name="number">Which renewal: from 1.</param>
    public static (DateTimeOffset From, DateTimeOffset Until) Term(DateTimeOffset begin, int months, int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(months, 1);
        var utc = begin.ToUniversalTime();
        return (utc.AddMonths(checked(months * number)), utc.AddMonths(checked(months * (number + 1))));
    }

    private static DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);
}

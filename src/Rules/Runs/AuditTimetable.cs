namespace Stk.Rules.Runs;

/// <summary>When the ledger is audited. By the host's clock, in UTC.</summary>
public static class AuditTimetable
{
    private static readonly TimeOnly Hour = new(3, 0);

    /// <summary>The first audit after an instant.</summary>
    public static DateTimeOffset After(DateTimeOffset now)
    {
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var today = At(day);
        return today > now ? today : At(day.AddDays(1));
    }

    /// <summary>Whether all is looked at, and not what is new alone: on Sundays, and where one was missed.</summary>
    /// <param name="last">The day of the last audit that found all well; null: none.</param>
    public static bool IsWhole(DateOnly? last, DateOnly today) =>
        last is not { } before || today.AddDays(-(int)today.DayOfWeek) > before;

    private static DateTimeOffset At(DateOnly day) => new(day, Hour, TimeSpan.Zero);
}

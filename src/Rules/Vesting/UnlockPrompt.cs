namespace Stk.Rules.Vesting;

/// <summary>When a participant's actor is to ask whether something of theirs is due: a prompt, never a payment.</summary>
public static class UnlockPrompt
{
    /// <summary>The day whose grants unlock within 24 hours, and have not yet.</summary>
    public static DateOnly NextDay(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).AddDays(1);

    /// <summary>How long until that day begins. Above zero, at most a day.</summary>
    public static TimeSpan Until(DateTimeOffset now) =>
        new DateTimeOffset(NextDay(now), TimeOnly.MinValue, TimeSpan.Zero) - now;
}

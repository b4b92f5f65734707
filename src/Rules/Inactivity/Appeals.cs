using Stk.Rules.Texts;

namespace Stk.Rules.Inactivity;

/// <summary>Why an appeal is not taken.</summary>
public enum AppealRefusal
{
    /// <summary>Nobody has warned them this quarter: there is nothing to appeal against.</summary>
    NotWarned = 1,

    /// <summary>The run is done and has taken nothing, or its debit is too long ago.</summary>
    TooLate = 2,

    /// <summary>One a quarter.</summary>
    AlreadyAppealed = 3,
}

/// <summary>When somebody may say that nothing should be taken from them, and how.</summary>
public static class Appeals
{
    /// <summary>After a debit, that of the last day included. Unit: days.</summary>
    public const int WindowDays = 30;

    /// <summary>Unit: characters as a reader counts them.</summary>
    public const int MaxTextCharacters = 2_000;

    /// <summary>The rule that a text breaks, or null.</summary>
    public static string? Broken(string text) => WrittenText.Broken(text, MaxTextCharacters);

    /// <summary>Null where it is taken.</summary>
    /// <param name="firstWarning">Of this quarter; null: none.</param>
    /// <param name="isRunDone">Whether the quarter's run has come to them.</param>
    /// <param name="debit">When something was taken from them; null: nothing was.</param>
    public static AppealRefusal? Check(
        DateTimeOffset now, DateTimeOffset? firstWarning, bool isRunDone, DateTimeOffset? debit, bool hasAppealed)
    {
        if (hasAppealed)
        {
            return AppealRefusal.AlreadyAppealed;
        }

        if (firstWarning is not { } warned || now < warned)
        {
            return AppealRefusal.NotWarned;
        }

        var isOpen = debit is { } taken ? Day(now) <= Day(taken).AddDays(WindowDays) : !isRunDone;
        return isOpen ? null : AppealRefusal.TooLate;
    }

    private static DateOnly Day(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);
}

using Stk.Rules.Quarters;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Inactivity;

/// <summary>When a quarter's inactive are warned and charged. By the economy's clock.</summary>
public static class InactivityTimetable
{
    private static readonly TimeSpan RunHour = TimeSpan.FromHours(7);
    private static readonly TimeSpan WarningHour = TimeSpan.FromHours(8);

    /// <summary>The first Monday on or after the quarter's first day: only then is every day before it sealed.</summary>
    public static DateOnly RunMonday(QuarterId quarter)
    {
        var week = WeekId.Of(quarter.FirstDay);
        return week.Monday == quarter.FirstDay ? week.Monday : week.Next.Monday;
    }

    /// <summary>07:00 of <see cref="RunMonday"/>, once <see cref="WeekBefore"/> is settled.</summary>
    public static DateTimeOffset RunsAt(QuarterId quarter) => Midnight(RunMonday(quarter)) + RunHour;

    /// <summary>The week that ends where the run's Monday begins: the run waits for its settlement.</summary>
    public static WeekId WeekBefore(QuarterId quarter) => WeekId.Of(RunMonday(quarter)).Previous;

    /// <summary>08:00 of a warning's day.</summary>
    /// <param name="days">Before the quarter's first day.</param>
    public static DateTimeOffset WarnsAt(QuarterId quarter, int days) =>
        Midnight(quarter.FirstDay.AddDays(-days)) + WarningHour;

    /// <summary>
    /// Whether a warning that was given then is one: it comes before the quarter does, however late it was.
    /// </summary>
    public static bool IsInTime(QuarterId quarter, DateTimeOffset warned) => warned < Midnight(quarter.FirstDay);

    /// <summary>The rules of a quarter: those of the week that begins on the run's Monday.</summary>
    public static InactivityRules Rules(QuarterId quarter, RuleBookHistory books) => Book(quarter, books).Inactivity;

    /// <inheritdoc cref="Rules"/>
    public static RuleBook Book(QuarterId quarter, RuleBookHistory books) => books.Of(WeekId.Of(RunMonday(quarter)));

    private static DateTimeOffset Midnight(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}

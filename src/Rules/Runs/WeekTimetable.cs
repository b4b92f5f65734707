using System.Diagnostics;
using Stk.Rules.Weeks;

namespace Stk.Rules.Runs;

/// <summary>When the stages of a week may begin, on the Monday after it.</summary>
/// <remarks>Source document, "Процесс недельного начисления".</remarks>
public static class WeekTimetable
{
    public static DateTimeOffset EarliestStart(WeekId week, WeekStage stage) => week.End + AfterWeeksEnd(stage);

    /// <summary>When people are told of a week, once it is settled.</summary>
    public static DateTimeOffset NoticesAt(WeekId week) => week.End + TimeSpan.FromHours(8);

    private static TimeSpan AfterWeeksEnd(WeekStage stage) => stage switch
    {
        WeekStage.Aggregate => TimeSpan.Zero,
        WeekStage.Score => TimeSpan.FromHours(2),
        WeekStage.Report => TimeSpan.FromHours(4),
        WeekStage.Settle => TimeSpan.FromHours(6),
        _ => throw new UnreachableException(),
    };
}

using System.Diagnostics;
using Stk.Rules.Weeks;

namespace Stk.Rules.Runs;

/// <summary>When the stages of a week may begin, on the Monday after it.</summary>
/// <remarks>Source document, "Процесс недельного начисления".</remarks>
public static class WeekTimetable
{
    public static DateTimeOffset EarliestStart(WeekId week, WeekStage stage) => week.End + AfterWeeksEnd(stage);

    private static TimeSpan AfterWeeksEnd(WeekStage stage) => stage switch
    {
        WeekStage.Aggregate => TimeSpan.Zero,
        WeekStage.Score => TimeSpan.FromHours(2),
        WeekStage.Report => TimeSpan.FromHours(4),
        WeekStage.Settle => TimeSpan.FromHours(6),
        _ => throw new UnreachableException(),
    };
}

using System.Diagnostics;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>
/// The stages of a weekly run. Each may be begun again after a death at any point: what is done already is found done.
/// </summary>
internal sealed class WeekRun(AggregateStage aggregate, ScoreStage score, ReportStage report, SettleStage settle)
{
    public Task Run(WeekStage stage, WeekId week, WeekState asked, StageProgress progress) => stage switch
    {
        WeekStage.Aggregate => aggregate.Run(week, asked, progress),
        WeekStage.Score => score.Run(week, progress),
        WeekStage.Report => report.Run(week),
        WeekStage.Settle => settle.Run(week, progress),
        _ => throw new UnreachableException(),
    };
}

using Stk.Grains.Payouts;
using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>
/// Fixes the hash of the export, and the root over all statements, and asks for the memo that has it on chain.
/// </summary>
internal sealed class ReportStage(RunTable runs, WeekExport export, WeekAnchor anchor, WeekMemos memos, IClock clock)
{
    public async Task Run(WeekId week)
    {
        // Before the stage is done: a reported week of this build has its root.
        await memos.Ask(week, await anchor.Make(week, CancellationToken.None), CancellationToken.None);
        await runs.SetReported(week, clock.Now, await export.Hash(week, CancellationToken.None), CancellationToken.None);
    }
}

using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>Fixes the hash of the export, and the root over all statements.</summary>
internal sealed class ReportStage(RunTable runs, WeekExport export, WeekAnchor anchor, IClock clock)
{
    public async Task Run(WeekId week)
    {
        // Before the stage is done: a reported week of this build has its root.
        await anchor.Make(week, CancellationToken.None);
        await runs.SetReported(week, clock.Now, await export.Hash(week, CancellationToken.None), CancellationToken.None);
    }
}

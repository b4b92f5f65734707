using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>Fixes the hash of the export.</summary>
internal sealed class ReportStage(RunTable runs, WeekExport export, IClock clock)
{
    public async Task Run(WeekId week) =>
        await runs.SetReported(week, clock.Now, await export.Hash(week, CancellationToken.None), CancellationToken.None);
}

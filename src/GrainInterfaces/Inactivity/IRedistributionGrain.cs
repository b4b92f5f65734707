using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Inactivity;

/// <summary>What one quarter takes from the inactive. Key: the quarter, <c>2026-Q1</c>.</summary>
[Alias("stk.redistribution")]
public interface IRedistributionGrain : IGrainWithStringKey
{
    /// <summary>
    /// Starts, or goes on with, a warning or the run, and answers soon where it stands: no caller waits for it.
    /// </summary>
    /// <param name="days">0: the run; else the warning so many days before the quarter's first day.</param>
    [Alias("drive"), AlwaysInterleave]
    Task<QuarterStatus> Drive(int days);

    /// <summary>What the run has taken, or would take now; null where there is nothing to show yet.</summary>
    /// <param name="isPreview">Also of the next quarter; of one that is done, what it did.</param>
    [Alias("report"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<QuarterReport?> GetReport(bool isPreview, CancellationToken cancellation);

    /// <summary>
    /// The same as CSV, by participant id (code points): <c>user_id,last_active,days,rate_bp,base,amount,outcome</c>.
    /// </summary>
    [Alias("csv"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<byte[]?> ReadCsv(bool isPreview, CancellationToken cancellation);

    /// <summary>What was given back to those who returned, as CSV: <c>week,user_id,amount</c>.</summary>
    [Alias("restorations"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<byte[]?> ReadRestorations(CancellationToken cancellation);
}

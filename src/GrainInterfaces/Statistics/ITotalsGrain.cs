using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Schedules;

namespace Stk.GrainInterfaces.Statistics;

/// <summary>Sums over the whole economy, for operators and auditors. Key: 0.</summary>
[Alias("stk.totals-grain")]
public interface ITotalsGrain : IGrainWithIntegerKey
{
    /// <summary>Read anew each time.</summary>
    [Alias("read"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<TotalsReply> Read(CancellationToken cancellation);
}

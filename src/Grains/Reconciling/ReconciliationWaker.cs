using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Reconciling;
using Stk.Grains.Payouts;

namespace Stk.Grains.Reconciling;

/// <summary>Has somebody reconcile.</summary>
internal sealed class ReconciliationWaker(
    ChainTerms terms, IGrainFactory grains, TimeProvider time, ILogger<ReconciliationWaker> log)
    : ChainWaker(terms, TimeSpan.FromSeconds(30), time)
{
    protected override Task Wake() => grains.GetGrain<IReconciliationGrain>(IReconciliationGrain.Key).Wake();

    protected override void Failed(Exception exception) => Log.ReconciliationFailed(log, exception);
}

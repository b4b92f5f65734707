using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Payouts;

namespace Stk.Grains.Payouts;

/// <summary>Has somebody settle.</summary>
internal sealed class SettlementWaker(
    ChainTerms terms, IGrainFactory grains, TimeProvider time, ILogger<SettlementWaker> log)
    : ChainWaker(terms, TimeSpan.FromSeconds(5), time)
{
    protected override Task Wake() => grains.GetGrain<ISettlementGrain>(ISettlementGrain.Key).Wake();

    protected override void Failed(Exception exception) => Log.SettlementNotWoken(log, exception);
}

using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Deposits;
using Stk.Grains.Payouts;

namespace Stk.Grains.Deposits;

/// <summary>Has somebody read our token accounts.</summary>
internal sealed class DepositsWaker(
    ChainTerms terms, IGrainFactory grains, TimeProvider time, ILogger<DepositsWaker> log)
    : ChainWaker(terms, TimeSpan.FromSeconds(5), time)
{
    protected override Task Wake() => grains.GetGrain<IDepositsGrain>(IDepositsGrain.Key).Wake();

    protected override void Failed(Exception exception) => Log.DepositsFailed(log, exception);
}

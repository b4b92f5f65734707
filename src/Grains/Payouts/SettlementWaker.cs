using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Payouts;

namespace Stk.Grains.Payouts;

/// <summary>
/// Has somebody settle, on every silo that is told of a signer: where the one who did has died, another is activated.
/// </summary>
internal sealed class SettlementWaker(
    ChainTerms terms, IGrainFactory grains, TimeProvider time, ILogger<SettlementWaker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!terms.IsOn)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await grains.GetGrain<ISettlementGrain>(ISettlementGrain.Key).Wake().WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Silos die and databases are away: it is asked again.
                Log.SettlementNotWoken(log, exception);
            }
        }
    }
}

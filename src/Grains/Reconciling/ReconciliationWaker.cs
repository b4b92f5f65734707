using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Reconciling;
using Stk.Grains.Payouts;

namespace Stk.Grains.Reconciling;

/// <summary>
/// Has somebody reconcile, on every silo that is told of a signer: where the one who did has died, another is activated.
/// </summary>
internal sealed class ReconciliationWaker(
    ChainTerms terms, IGrainFactory grains, TimeProvider time, ILogger<ReconciliationWaker> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(30);

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
                await grains.GetGrain<IReconciliationGrain>(IReconciliationGrain.Key).Wake().WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Silos die and databases are away: it is asked again.
                Log.ReconciliationFailed(log, exception);
            }
        }
    }
}

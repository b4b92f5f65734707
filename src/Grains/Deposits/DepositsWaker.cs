using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Deposits;
using Stk.Grains.Payouts;

namespace Stk.Grains.Deposits;

/// <summary>
/// Has somebody read our token accounts, on every silo that is told of a signer: where the one who did has died, another is
/// activated.
/// </summary>
internal sealed class DepositsWaker(
    ChainTerms terms, IGrainFactory grains, TimeProvider time, ILogger<DepositsWaker> log) : BackgroundService
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
                await grains.GetGrain<IDepositsGrain>(IDepositsGrain.Key).Wake().WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                // Silos die and databases are away: it is asked again.
                Log.DepositsFailed(log, exception);
            }
        }
    }
}

using Microsoft.Extensions.Hosting;

namespace Stk.Grains.Payouts;

/// <summary>
/// Wakes an actor of which there is one, every so often, on every silo that is told of a signer: where the one who did
/// its work has died, another is activated.
/// </summary>
internal abstract class ChainWaker(ChainTerms terms, TimeSpan pause, TimeProvider time) : BackgroundService
{
    protected abstract Task Wake();

    /// <summary>Silos die and databases are away: it is asked again.</summary>
    protected abstract void Failed(Exception exception);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!terms.IsOn)
        {
            return;
        }

        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            try
            {
                await Wake().WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Failed(exception);
            }
        }
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stk.Grains.Sources;

namespace Stk.Grains.Pulls;

/// <summary>
/// Looks, on every silo, whose turn it is to be asked, and asks him. Which silo does is decided by the lease alone.
/// </summary>
internal sealed class PullWorker(
    PullTable table, PullRun run, IHostEnvironment host, IOptions<SourceOptions> options, TimeProvider time,
    ILogger<PullWorker> log) : BackgroundService
{
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(5);

    // Different of two silos in one process too.
    private readonly string _holder = $"{host.ApplicationName} {Environment.MachineName} {Guid.NewGuid():N}";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = TimeSpan.FromMilliseconds(options.Value.PullLookMs);
        var lease = TimeSpan.FromMilliseconds(options.Value.PullLeaseMs);
        var running = new List<Task>();
        try
        {
            while (true)
            {
                await Task.Delay(pause, time, stoppingToken);
                running.RemoveAll(task => task.IsCompleted);
                try
                {
                    while (running.Count < options.Value.PullsAtOnce
                        && await table.Claim(_holder, lease, stoppingToken) is { } held)
                    {
                        running.Add(Ask(held, stoppingToken));
                    }
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    Log.PullsNotLookedAt(log, exception);
                    await Task.Delay(AfterTrouble, time, stoppingToken);
                }
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }
    }

    private async Task Ask(PullLease held, CancellationToken stopping)
    {
        try
        {
            await run.Run(held, stopping);
        }
        catch (Exception exception)
        {
            // The lease ends by itself, here or on a silo that lives.
            if (!stopping.IsCancellationRequested)
            {
                Log.PullsNotLookedAt(log, exception);
            }
        }
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stk.Rules.Time;

namespace Stk.Grains.Sources;

/// <summary>
/// Hands on, on every silo, what the mirror has given and nobody has handed on, and lets go what has been in quarantine for
/// too long. All that it knows is in the tables; two silos that do the same do it once.
/// </summary>
internal sealed class GivenEventWorker(
    ClubIntake club, QuarantineTable quarantine, IClock clock, TimeProvider time, ILogger<GivenEventWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan BetweenPurges = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, time);
        var purgedAt = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await club.HandOnWaiting(stoppingToken) is > 0 and var count)
                {
                    Log.GivenEventsHandedOn(log, count);
                }

                if (time.GetElapsedTime(purgedAt) >= BetweenPurges)
                {
                    purgedAt = time.GetTimestamp();
                    if (await quarantine.DropEnded(clock.Now, stoppingToken) is > 0 and var dropped)
                    {
                        Log.QuarantineFull(log, dropped);
                    }
                }
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Log.GivenEventsWait(log, exception);
            }
        }
    }
}

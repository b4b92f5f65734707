using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stk.Channels;
using Stk.Rules.Time;
using Stk.Storage;

namespace Stk.Grains.Deliveries;

/// <summary>
/// Tells people, on every silo: makes deliveries of notices, and sends what is due. All that it knows is in the tables, so
/// that any silo goes on where another has ended.
/// </summary>
internal sealed class DeliveryWorker(
    IEnumerable<IChannelSender> senders, DeliveryTable table, PlanningTable planning, DeliveryFigures figures,
    IDeliveryPlan plan, MessageWriter writer, DeliveryMetrics metrics, IClock clock, TimeProvider time,
    IOptions<DeliveryOptions> options, ILoggerFactory logs) : BackgroundService
{
    /// <summary>Between two looks, where there is nothing to do.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Between two claims of a channel, where there is.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(100);

    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenFigures = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenDrops = TimeSpan.FromHours(1);
    private const int NoticesAtOnce = 1_000;
    private const int DroppedAtOnce = 5_000;

    private readonly ILogger _log = logs.CreateLogger<DeliveryWorker>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.Deliver)
        {
            return;
        }

        ImmutableArray<Turn> turns =
        [
            .. senders.Where(sender => sender.IsConfigured).Select(sender => new Turn(new(
                sender, table, writer, metrics, clock, time, logs.CreateLogger<ChannelRound>()))),
        ];
        try
        {
            await Task.WhenAll([Look(turns, stoppingToken), .. turns.Select(turn => Send(turn, stoppingToken))]);
        }
        finally
        {
            foreach (var turn in turns)
            {
                turn.Dispose();
            }
        }
    }

    private Task Look(ImmutableArray<Turn> turns, CancellationToken stopping)
    {
        var channels = turns.Select(turn => turn.Round.Channel).ToImmutableArray();
        var countedAt = 0L;
        var droppedAt = 0L;
        return Repeat(
            async () =>
            {
                var (isUnplanned, due) = await table.Look(channels, clock.Now, time.GetUtcNow(), stopping);
                foreach (var turn in turns.Where(turn => due.Contains(turn.Round.Channel)))
                {
                    turn.Wake();
                }

                if (countedAt == 0 || time.GetElapsedTime(countedAt) > BetweenFigures)
                {
                    foreach (var counts in await figures.Read(clock.Now, stopping))
                    {
                        metrics.Count(counts);
                    }

                    countedAt = time.GetTimestamp();
                }

                // A look each while there are more: nobody waits for it.
                if ((droppedAt == 0 || time.GetElapsedTime(droppedAt) > BetweenDrops)
                    && await table.Drop(time.GetUtcNow(), DroppedAtOnce, stopping) < DroppedAtOnce)
                {
                    droppedAt = time.GetTimestamp();
                }

                if (isUnplanned && await planning.Plan(plan, NoticesAtOnce, stopping) > 0)
                {
                    FaultPoints.Reach("delivery.after-plan");
                    return;
                }

                await Task.Delay(Pause, time, stopping);
            },
            stopping);
    }

    private Task Send(Turn turn, CancellationToken stopping) => Repeat(
        async () =>
        {
            await turn.IsWoken(stopping);
            while (true)
            {
                var begun = await turn.Round.Begin(stopping);
                if (begun.IsEmpty)
                {
                    return;
                }

                await Task.Delay(Breath, time, stopping);
            }
        },
        stopping);

    private async Task Repeat(Func<Task> work, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await work();
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                Log.DeliveriesFailed(_log, exception);
                await Task.Delay(AfterFailure, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>A channel of this silo, and whether there is something for it.</summary>
    private sealed class Turn(ChannelRound round) : IDisposable
    {
        private readonly SemaphoreSlim _woken = new(0, 1);

        public ChannelRound Round => round;

        public Task IsWoken(CancellationToken stopping) => _woken.WaitAsync(stopping);

        // One thread alone wakes.
        public void Wake()
        {
            if (_woken.CurrentCount == 0)
            {
                _woken.Release();
            }
        }

        public void Dispose() => _woken.Dispose();
    }
}

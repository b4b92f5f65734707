using System.Collections.Concurrent;
using Stk.GrainInterfaces.Participants;
using Stk.Torture.Hosts;
using Stk.Torture.Operations;

namespace Stk.Torture.Workloads;

/// <summary>
/// People who look at balances, each asking for what is at least as new as the newest commit they were shown.
/// </summary>
internal sealed class Readers(GrainClient client, int seed)
{
    private const int Count = 2;

    private readonly ConcurrentQueue<Reading> _readings = new();

    /// <summary>In the order of each reader's own.</summary>
    public IReadOnlyList<Reading> Readings => [.. _readings];

    public Task Run(CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Count).Select(reader => Read(reader, new Random(seed + reader), stop)));

    private async Task Read(int reader, Random random, CancellationToken stop)
    {
        var names = Crowd.Names.ToArray();
        var seen = 0L;
        while (!stop.IsCancellationRequested)
        {
            var name = names[random.Next(names.Length)];
            try
            {
                // The interface that the silos of an earlier build have too: an upgrade begins with those alone.
                var shown = await client.Grains.GetGrain<IParticipantGrain>(name).GetBalanceAt(seen, CancellationToken.None);
                _readings.Enqueue(new(reader, name, seen, shown.Sequence, shown.Available, shown.Frozen));
                seen = Math.Max(seen, shown.Sequence);
            }
            catch (Exception)
            {
                // No answer, or a silo that has not heard yet: nothing was shown.
                await Task.Delay(200, CancellationToken.None);
            }

            await Task.Delay(random.Next(5, 30), CancellationToken.None);
        }
    }
}

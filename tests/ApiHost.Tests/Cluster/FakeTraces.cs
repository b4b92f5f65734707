using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stk.GrainInterfaces.Traces;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeTraces : ITracesGrain
{
    private volatile bool _isDown;

    public ConcurrentQueue<ReadTrace> Kept { get; } = new();

    /// <summary>True where the database is gone.</summary>
    public bool IsDown
    {
        get => _isDown;
        set => _isDown = value;
    }

    public Task Keep(ImmutableArray<ReadTrace> reads, CancellationToken cancellation)
    {
        if (_isDown)
        {
            throw new TimeoutException("the database is gone");
        }

        foreach (var read in reads.Where(read => Kept.All(kept => kept.Id != read.Id)))
        {
            Kept.Enqueue(read);
        }

        return Task.CompletedTask;
    }
}

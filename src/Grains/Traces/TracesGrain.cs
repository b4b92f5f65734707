using System.Collections.Immutable;
using Orleans.Concurrency;
using Stk.GrainInterfaces.Traces;

namespace Stk.Grains.Traces;

/// <inheritdoc cref="ITracesGrain"/>
[StatelessWorker(1)]
internal sealed class TracesGrain(TraceTable table, TimeProvider time) : Grain, ITracesGrain
{
    private static readonly TimeSpan BetweenDrops = TimeSpan.FromHours(1);

    private long? _dropped;

    public async Task Keep(ImmutableArray<ReadTrace> reads, CancellationToken cancellation)
    {
        await table.Insert(reads, cancellation);
        if (_dropped is not { } dropped || time.GetElapsedTime(dropped) >= BetweenDrops)
        {
            _dropped = time.GetTimestamp();
            await table.DropEnded(cancellation);
        }
    }
}

using System.Collections.Immutable;
using Orleans.Concurrency;
using Stk.GrainInterfaces.Sources;

namespace Stk.Grains.Sources;

/// <inheritdoc cref="ISourcesGrain"/>
[StatelessWorker]
internal sealed class SourcesGrain(SourceTable table) : Grain, ISourcesGrain
{
    public Task<ImmutableArray<SourceReply>> List(CancellationToken cancellation) => table.List(cancellation);
}

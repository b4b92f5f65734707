using System.Collections.Immutable;
using Stk.GrainInterfaces.Sources;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeSources : ISourcesGrain
{
    public Task<ImmutableArray<SourceReply>> List(CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<SourceReply>>([new("club", null, true), new("school", null, false)]);
}

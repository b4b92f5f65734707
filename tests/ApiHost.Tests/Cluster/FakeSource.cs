using Stk.GrainInterfaces.Sources;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeSource(string name) : ISourceGrain
{
    private SourceReply? _known;

    public Task<SourceReply?> Get(CancellationToken cancellation) => Task.FromResult(_known);

    public Task<SourceReply> Put(PutSourceRequest request, CancellationToken cancellation) =>
        Task.FromResult(_known = new(name, request.CompleteTo, request.IsRequired));
}

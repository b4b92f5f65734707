using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;

namespace Stk.GrainInterfaces.Sources;

/// <summary>All sources of events. Key: 0.</summary>
[Alias("stk.sources")]
public interface ISourcesGrain : IGrainWithIntegerKey
{
    /// <summary>Every source, by name.</summary>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ImmutableArray<SourceReply>> List(CancellationToken cancellation);
}

using System.Collections.Immutable;
using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Clock;
using Stk.GrainInterfaces.Schedules;

namespace Stk.ApiHost.Activity;

/// <summary>Whether genesis is set. Once it is, it never changes, and nobody needs to be asked again.</summary>
internal sealed class GenesisCache(GrainCalls calls)
{
    private volatile bool _isSet;

    public bool IsSet => _isSet;

    /// <summary>Lets the first acceptable event of a request set genesis, before any of them is handed out.</summary>
    /// <param name="candidates">The well-formed events, in the order sent.</param>
    public async Task Ensure(ImmutableArray<GenesisCandidate> candidates, CancellationToken cancellation)
    {
        if (_isSet || candidates.IsEmpty)
        {
            return;
        }

        // Whichever request comes first wins, in the database: asking twice is harmless.
        var genesis = await calls.Write(
            grains => grains.GetGrain<IClockGrain>(0).GetOrSetGenesis(candidates), cancellation);
        _isSet = genesis is not null;
    }
}

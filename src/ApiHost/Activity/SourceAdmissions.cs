using System.Collections.Concurrent;
using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Sources;
using Stk.Rules.Texts;

namespace Stk.ApiHost.Activity;

/// <summary>
/// What each source may send, as it was at most a second ago. Actors look again: here it is known whether a request is to be
/// begun at all, and which of its events may set genesis.
/// </summary>
internal sealed class SourceAdmissions(GrainCalls calls, TimeProvider time)
{
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <summary>Null where operators have made no such source.</summary>
    public async ValueTask<SourceGate?> Find(string source, CancellationToken cancellation)
    {
        if (OutsideName.Malformed(source) is not null)
        {
            return null;
        }

        if (_known.TryGetValue(source, out var known) && time.GetElapsedTime(known.At) < Age)
        {
            return known.Gate;
        }

        var began = time.GetTimestamp();
        SourceAdmission admission;
        try
        {
            admission = await calls.Read(
                (grains, attempt) => grains.GetGrain<ISourceGrain>(source).Admit(source, attempt), cancellation);
        }
        catch (ClusterUnavailableException) when (known is not null)
        {
            // Whoever stores the events says by itself that there is no cluster, and what that means for them.
            return known.Gate;
        }

        if (!admission.IsKnown)
        {
            // Nobody fills the memory with names that are none.
            _known.TryRemove(source, out _);
            return null;
        }

        var settings = admission.Settings is { } text ? SourceSettingsJson.Read(source, text) : null;
        var gate = new SourceGate(settings, admission.Namespaces);
        _known[source] = new(gate, began);
        return gate;
    }

    private sealed record Known(SourceGate Gate, long At);
}

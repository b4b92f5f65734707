using System.Collections.Concurrent;
using Stk.Rules.Texts;

namespace Stk.ApiHost.Cluster;

/// <summary>
/// References to the cluster's actors. Orleans works out by reflection which actor an interface means, each time that it is
/// asked: here once for each interface, because a request names up to a thousand participants. It is also the one place of
/// this host that makes actors' keys of texts, with the one rule for them.
/// </summary>
internal sealed class GrainReferences(IGrainFactory factory)
{
    private readonly ConcurrentDictionary<Type, (GrainType Actor, GrainInterfaceType Interface)> _known = new();

    /// <exception cref="ArgumentException">
    /// No actor can have the key: whoever has read the text has not looked at it.
    /// </exception>
    public TGrain GetGrain<TGrain>(string key)
        where TGrain : IGrainWithStringKey
    {
        if (OutsideName.Malformed(key) is { } rule)
        {
            throw new ArgumentException($"an actor's key {rule}", nameof(key));
        }

        if (_known.TryGetValue(typeof(TGrain), out var known))
        {
            return (TGrain)factory.GetGrain(GrainId.Create(known.Actor, key), known.Interface);
        }

        var grain = factory.GetGrain<TGrain>(key);
        if (grain is GrainReference reference)
        {
            _known.TryAdd(typeof(TGrain), (reference.GrainId.Type, reference.InterfaceType));
        }

        return grain;
    }

    public TGrain GetGrain<TGrain>(long key)
        where TGrain : IGrainWithIntegerKey => factory.GetGrain<TGrain>(key);
}

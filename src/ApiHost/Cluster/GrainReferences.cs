using System.Collections.Concurrent;

namespace Stk.ApiHost.Cluster;

/// <summary>
/// References to the cluster's actors. Orleans works out by reflection which actor an interface means, each time that it is
/// asked: here once for each interface, because a request names up to a thousand participants.
/// </summary>
internal sealed class GrainReferences(IGrainFactory factory)
{
    private readonly ConcurrentDictionary<Type, (GrainType Actor, GrainInterfaceType Interface)> _known = new();

    public TGrain GetGrain<TGrain>(string key)
        where TGrain : IGrainWithStringKey
    {
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

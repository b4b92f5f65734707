using System.Collections.Concurrent;
using Stk.Grains.Sources;

namespace Stk.Grains.Registry;

/// <summary>The numbers of the sources that this silo has met. They never change.</summary>
internal sealed class SourceIds(SourceTable table)
{
    private readonly ConcurrentDictionary<string, int> _ids = new(StringComparer.Ordinal);

    public async ValueTask<int> Get(string name, CancellationToken cancellation)
    {
        if (!_ids.TryGetValue(name, out var id))
        {
            id = await table.GetId(name, cancellation);
            _ids.TryAdd(name, id);
        }

        return id;
    }
}

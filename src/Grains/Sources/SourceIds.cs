using System.Collections.Concurrent;
using Stk.Rules.Texts;

namespace Stk.Grains.Sources;

/// <summary>The numbers of the sources that this silo has met. They never change.</summary>
internal sealed class SourceIds(SourceTable table)
{
    private readonly ConcurrentDictionary<string, int> _ids = new(StringComparer.Ordinal);

    /// <summary>The number of a source, which is added where it is new; null where no new source is called so.</summary>
    public async ValueTask<int?> Get(string name, CancellationToken cancellation)
    {
        if (_ids.TryGetValue(name, out var known))
        {
            return known;
        }

        int? id = OutsideName.BrokenOfSource(name) is null
            ? await table.GetId(name, cancellation)
            : await table.FindId(name, cancellation);
        if (id is { } found)
        {
            _ids.TryAdd(name, found);
        }

        return id;
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.Hosting;
using Stk.Rules.Sources;
using Stk.Rules.Texts;

namespace Stk.Grains.Sources;

/// <summary>
/// The sources that this silo has met, as they were at most a second ago. Outside Development only operators make one; in
/// Development whoever has a good token of a source is one from its first call on, and may send everything.
/// </summary>
internal sealed class SourceDirectory
{
    /// <summary>After so long what an operator has set holds on every silo.</summary>
    public static readonly TimeSpan Age = TimeSpan.FromSeconds(1);

    private readonly SourceTable _table;
    private readonly IHostEnvironment _environment;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Aging<KnownSource?>> _sources = new(StringComparer.Ordinal);
    private readonly Aging<ImmutableArray<string>> _namespaces;

    public SourceDirectory(SourceTable table, IHostEnvironment environment, TimeProvider time)
    {
        _table = table;
        _environment = environment;
        _time = time;
        _namespaces = new(Age, time, () => table.ReadNamespaces(CancellationToken.None));
    }

    /// <summary>Null where there is none of this name.</summary>
    /// <param name="isCaller">Whether the source itself has called: in Development it is made then.</param>
    public async ValueTask<KnownSource?> Find(string name, bool isCaller, CancellationToken cancellation)
    {
        if (_sources.TryGetValue(name, out var known))
        {
            return await known.Get(cancellation);
        }

        // What is not there is asked for each time: it may have been made just now, and nobody fills the memory with names.
        var read = await _table.FindKnown(name, cancellation);
        if (read is null && isCaller && _environment.IsDevelopment() && OutsideName.BrokenOfSource(name) is null)
        {
            await _table.Add(name, cancellation);
            read = await _table.FindKnown(name, cancellation);
        }

        if (read is not null)
        {
            _sources.TryAdd(name, new(Age, _time, () => _table.FindKnown(name, CancellationToken.None)));
        }

        return read;
    }

    /// <summary>Of all sources' ids, the common one left out.</summary>
    public ValueTask<ImmutableArray<string>> Namespaces(CancellationToken cancellation) => _namespaces.Get(cancellation);

    public async ValueTask<SourceGate> Gate(KnownSource source, CancellationToken cancellation) =>
        new(source.Settings, await Namespaces(cancellation));

    /// <summary>It has just been changed here.</summary>
    public void Drop(string name)
    {
        if (_sources.TryGetValue(name, out var known))
        {
            known.Drop();
        }

        _namespaces.Drop();
    }
}

/// <param name="Id">Its number, which never changes.</param>
/// <param name="Settings">Null: it may send everything.</param>
internal sealed record KnownSource(int Id, SourceSettings? Settings);

using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Stk.ApiHost.Problems;

/// <summary>Every type of problem that this host answers, whichever topic brought it.</summary>
internal sealed class ProblemCatalogue(ImmutableArray<ProblemType> types)
{
    private readonly FrozenDictionary<string, ProblemType> _bySlug =
        types.ToFrozenDictionary(type => type.Slug, StringComparer.Ordinal);

    public ImmutableArray<ProblemType> All => types;

    public ProblemType? Find(string slug) => _bySlug.GetValueOrDefault(slug);
}

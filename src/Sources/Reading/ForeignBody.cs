using System.Collections.Immutable;
using Stk.Rules.Objections;

namespace Stk.Sources.Reading;

/// <summary>What a foreign body of events is. A closed set.</summary>
public abstract record ForeignBody
{
    private ForeignBody()
    {
    }

    /// <param name="Items">In the order of the body.</param>
    /// <param name="IsSingle">Whether the body was one item, not a list of them.</param>
    public sealed record Read(ImmutableArray<ForeignItem> Items, bool IsSingle) : ForeignBody;

    /// <summary>Nothing of it is stored.</summary>
    public sealed record Unreadable(Objection Objection) : ForeignBody;
}

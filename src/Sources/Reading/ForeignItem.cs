using Stk.Rules.Objections;
using Stk.Rules.Sources;

namespace Stk.Sources.Reading;

/// <summary>What one item of a foreign body means. A closed set.</summary>
public abstract record ForeignItem
{
    private ForeignItem()
    {
    }

    /// <summary>An event: intake says what becomes of it.</summary>
    public sealed record Wellformed(SourceEvent Event) : ForeignItem;

    /// <summary>Rejected, and kept in quarantine.</summary>
    /// <param name="Uuid">Where at least that could be read.</param>
    public sealed record Rejected(Guid? Uuid, Objection Objection) : ForeignItem;

    /// <summary>Of a type that the source may not send: alone it is refused as a whole, among others rejected.</summary>
    public sealed record NotAllowed(Guid? Uuid, string Type) : ForeignItem;

    /// <summary>Somebody says that two ids are one person: shown to operators, and nothing is merged by it.</summary>
    /// <param name="Id">An id of the source's namespace.</param>
    /// <param name="Other">Another of the same.</param>
    public sealed record Proposal(string Id, string Other) : ForeignItem;

    /// <summary>Gives nothing.</summary>
    public sealed record Nothing : ForeignItem;
}

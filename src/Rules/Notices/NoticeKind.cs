using System.Collections.Immutable;

namespace Stk.Rules.Notices;

/// <summary>A kind of notice, and what each of it has to tell.</summary>
/// <param name="Name">One of <see cref="NoticeKinds"/>.</param>
/// <param name="Values">The members of its values, in the order in which they are written.</param>
public sealed record NoticeKind(string Name, params ImmutableArray<NoticeValue> Values)
{
    /// <summary>True where it is about a channel itself: nobody chooses by which channels it is told.</summary>
    public bool IsOfChannels { get; init; }
}

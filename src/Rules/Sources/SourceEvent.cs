using Stk.Rules.Activity;

namespace Stk.Rules.Sources;

/// <summary>One event that a foreign payload means.</summary>
/// <param name="Activity">As intake takes it; its distinct id is the name of the identity as a participant.</param>
/// <param name="Namespace">Whose the id is.</param>
/// <param name="Id">As the source writes it.</param>
public sealed record SourceEvent(ActivityEvent Activity, string Namespace, string Id)
{
    /// <summary>The other person of the deed, an id of the same namespace; null where none is known.</summary>
    public string? Peer { get; init; }

    /// <summary>What the deed was about: a post's number, an exercise. Unit: at most 100 characters.</summary>
    public string? ObjectId { get; init; }

    /// <summary>An event of our own making: the club's.</summary>
    public static SourceEvent Of(Guid uuid, string type, string ofNamespace, string id, DateTimeOffset at) =>
        new(new(uuid, type, IdentityName.Of(ofNamespace, id), at), ofNamespace, id);
}

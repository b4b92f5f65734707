using System.Collections.Immutable;

namespace Stk.Client.Identities;

/// <summary>An id that sources send, and whose it is.</summary>
/// <param name="Namespace">Whose ids these are; empty: the common ones.</param>
/// <param name="Participant">To whom it belongs; as it is called itself where it is its own.</param>
/// <param name="LinkedAt">When an operator said so last; null where nobody has.</param>
public sealed record Identity(
    string Namespace, string Id, string Participant, DateTimeOffset? LinkedAt, string? Reason, string? By);

/// <param name="Items">The participant's own id first.</param>
public sealed record IdentityList(ImmutableArray<Identity> Items);

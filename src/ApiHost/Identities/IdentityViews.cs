using System.Collections.Immutable;

namespace Stk.ApiHost.Identities;

/// <summary>An id that sources send, and whose it is.</summary>
/// <param name="Namespace">Whose ids these are; empty: the common ones.</param>
/// <param name="Participant">To whom it belongs; as it is called itself where it is its own.</param>
/// <param name="LinkedAt">When an operator said so last; null where nobody has.</param>
internal sealed record IdentityItem(
    string Namespace, string Id, string Participant, DateTimeOffset? LinkedAt, string? Reason, string? By);

/// <param name="Items">The participant's own id first, then by name.</param>
internal sealed record IdentitiesView(ImmutableArray<IdentityItem> Items);

/// <param name="Id">In that namespace.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="Namespace">Whose id it is; empty or absent: the common ones.</param>
/// <param name="Participant">Whose it is from now on; null: its own again. Must be there.</param>
internal sealed record IdentityBody(string Id, string Reason, string? Namespace = null, string? Participant = null);

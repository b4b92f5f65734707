using System.Collections.Immutable;

namespace Stk.ApiHost.Sources;

/// <param name="Items">The newest first; at most 200.</param>
internal sealed record VoidsView(ImmutableArray<VoidItem> Items);

/// <summary>
/// Events that count as if they had never been sent, in the weeks that were not sealed when it was approved.
/// </summary>
/// <param name="ReceivedFrom">By the economy's clock.</param>
/// <param name="ReceivedTo">Not in it.</param>
/// <param name="Types">Null: all.</param>
/// <param name="LiftedAt">From then on they count again where no seal came before; null while it stands.</param>
internal sealed record VoidItem(
    Guid Id, DateTimeOffset ReceivedFrom, DateTimeOffset ReceivedTo, ImmutableArray<string>? Types, string Reason,
    string AskedBy, string ApprovedBy, DateTimeOffset At, DateTimeOffset? LiftedAt, string? LiftedReason);

/// <param name="ReceivedFrom">By the economy's clock.</param>
/// <param name="ReceivedTo">Not in it. May lie ahead: then what comes until then is void too.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="Types">Only events of these types; null: of all. A retraction is of its own type.</param>
internal sealed record VoidBody(
    DateTimeOffset ReceivedFrom, DateTimeOffset ReceivedTo, string Reason, ImmutableArray<string>? Types = null);

using System.Collections.Immutable;

namespace Stk.Client.Sources;

/// <summary>Events of a source, by when they were received, that count as if they had never been sent.</summary>
/// <param name="ReceivedTo">Not in it.</param>
/// <param name="Types">Null: all.</param>
/// <param name="LiftedAt">Null while it stands.</param>
public sealed record SourceVoid(
    Guid Id, DateTimeOffset ReceivedFrom, DateTimeOffset ReceivedTo, ImmutableArray<string>? Types, string Reason,
    string AskedBy, string ApprovedBy, DateTimeOffset At, DateTimeOffset? LiftedAt, string? LiftedReason);

/// <param name="Items">The newest first; at most 200.</param>
public sealed record SourceVoidList(ImmutableArray<SourceVoid> Items);

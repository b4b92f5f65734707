using System.Collections.Immutable;

namespace Stk.Client.Sources;

/// <summary>A stretch of the past that a source is asked for.</summary>
/// <param name="State">waiting or done.</param>
/// <param name="To">Not in it.</param>
/// <param name="DoneTo">All before it has been read.</param>
/// <param name="Found">Events so far.</param>
/// <param name="LastError">Why it waits, in a word; null where it goes on.</param>
public sealed record Backfill(
    Guid Id, string State, DateTimeOffset From, DateTimeOffset To, DateTimeOffset DoneTo, long Found, string? Reason,
    string AskedBy, DateTimeOffset AskedAt, string? LastError);

/// <param name="Items">The newest first; at most 200.</param>
public sealed record BackfillList(ImmutableArray<Backfill> Items);

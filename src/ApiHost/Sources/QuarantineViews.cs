using System.Collections.Immutable;

namespace Stk.ApiHost.Sources;

/// <summary>An event that was not taken in, and is kept.</summary>
/// <param name="Uuid">Null where it could not be read.</param>
/// <param name="Reason">held, event-type-not-allowed, unknown-participant or rejected.</param>
/// <param name="Field">The member at fault; null where it is held.</param>
/// <param name="Rule">The rule that it breaks; null where it is held.</param>
/// <param name="ReceivedAt">By the economy's clock: 30 days later it is let go.</param>
/// <param name="Payload">As it came, in its source's own form.</param>
internal sealed record QuarantineItem(
    Guid Id, Guid? Uuid, string Reason, string? Field, string? Rule, DateTimeOffset ReceivedAt, string Payload);

/// <param name="Why">For the record: 1 to 280 characters.</param>
/// <param name="Ids">Which; at most 1,000.</param>
/// <param name="Reason">In place of ids: all of it, up to 1,000 in one request.</param>
internal sealed record QuarantineBody(string Why, ImmutableArray<Guid>? Ids = null, string? Reason = null);

/// <param name="Items">One each that was sent through intake. What is rejected or held again stays.</param>
/// <param name="Count">How many were looked at: 1,000 say that there may be more.</param>
internal sealed record ReplayedView(ImmutableArray<ReplayedItem> Items, int Count);

internal sealed record ReplayedItem(Guid Id, string Outcome, string? Field, string? Rule);

/// <param name="Count">How many were let go.</param>
internal sealed record DroppedView(int Count);

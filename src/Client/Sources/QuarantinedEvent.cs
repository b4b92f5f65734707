namespace Stk.Client.Sources;

/// <summary>An event that was not taken in, and is kept.</summary>
/// <param name="Reason">held, event-type-not-allowed, unknown-participant or rejected.</param>
/// <param name="Payload">As it came, in its source's own form.</param>
public sealed record QuarantinedEvent(
    Guid Id, Guid? Uuid, string Reason, string? Field, string? Rule, DateTimeOffset ReceivedAt, string Payload);

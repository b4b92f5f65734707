using System.Text.Json;

namespace Stk.Client.Approvals;

/// <summary>An act that takes two persons.</summary>
/// <param name="Kind">What is done: <c>rules.announce</c>.</param>
/// <param name="State">waiting, approved, rejected or expired.</param>
/// <param name="Act">What exactly is done; its members are the kind's own.</param>
/// <param name="ExpiresAt">From then on nobody can decide it.</param>
/// <param name="DecidedBy">The second operator; null while none has decided.</param>
/// <param name="Note">Why nobody can approve it as things stand; null where somebody can.</param>
public sealed record Approval(
    Guid Id, string Kind, string State, string AskedBy, DateTimeOffset AskedAt, string Reason, JsonElement Act,
    DateTimeOffset ExpiresAt, DateTimeOffset? DecidedAt, string? DecidedBy, string? DecidedReason, string? Note);

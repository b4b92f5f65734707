using System.Text.Json;

namespace Stk.Client.Audit;

/// <param name="Action">What was done, <c>service.admit</c>.</param>
/// <param name="Subject">To what: a participant's id, a service, a week.</param>
/// <param name="Before">Null where there was nothing.</param>
/// <param name="Hash">Of this entry and the hash before it.</param>
public sealed record AuditEntry(
    long Sequence, DateTimeOffset At, string By, string Action, string Subject, JsonElement? Before, JsonElement? After,
    string? Reason, string Hash);

using System.Text.Json;

namespace Stk.ApiHost.Audit;

/// <summary>One thing that an operator did.</summary>
/// <param name="Sequence">From 1, without a gap.</param>
/// <param name="By">The operator: the token's subject.</param>
/// <param name="Action">What was done: service.admit, for one.</param>
/// <param name="Subject">To what: a participant's id, a service, a week.</param>
/// <param name="Before">Null where there was nothing.</param>
/// <param name="Hash">SHA-256 of this entry and the hash before it, in hex.</param>
internal sealed record AuditItem(
    long Sequence, DateTimeOffset At, string By, string Action, string Subject, JsonElement? Before, JsonElement? After,
    string? Reason, string Hash);

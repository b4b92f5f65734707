using System.Text.Encodings.Web;
using System.Text.Json;

namespace Stk.Grains.AuditLog;

/// <summary>What an operator does, on its way into the log.</summary>
/// <param name="At">By the economy's clock.</param>
/// <param name="Action"><c>service.admit</c>.</param>
/// <param name="Subject">To what: a participant's id, a service, a week.</param>
/// <param name="Before">JSON; null where there was nothing.</param>
/// <param name="After">JSON.</param>
internal sealed record AuditEntry(
    DateTimeOffset At, string By, string Action, string Subject, string? Before, string After, string? Reason)
{
    // It is text in a column, never in a page.
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Json<T>(T value) => JsonSerializer.Serialize(value, Readable);
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stk.Rules.Activity;

namespace Stk.Grains.Sources;

/// <summary>Events as text, where they did not come as one or it is not at hand.</summary>
internal static class EventPayload
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An event in our own form, with what intake knows of it.</summary>
    public static string Of(ActivityEvent activity)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Compact))
        {
            json.WriteStartObject();
            json.WriteString("uuid", activity.Uuid);
            json.WriteString("event", activity.Type);
            json.WriteString("distinct_id", activity.DistinctId);
            json.WriteString("timestamp", activity.At);
            json.WriteStartObject("properties");
            Write(json, "days", activity.Days);
            Write(json, "level", activity.Level);
            Write(json, "rating", activity.Rating);
            Write(json, "retracts", activity.Retracts?.ToString());
            Write(json, "for", activity.For?.ToString());
            Write(json, "referred", activity.Referred);
            if (activity.Approved is { } approved)
            {
                json.WriteBoolean("approved", approved);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
        {
            json.WriteNumber(name, number);
        }
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}

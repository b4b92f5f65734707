using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using Stk.Rules.Activity;
using Stk.Rules.Objections;
using Stk.Rules.Sources;
using Stk.Rules.Texts;

namespace Stk.Sources.Reading;

/// <summary>Makes one event of what a foreign payload has, by the rules of one that came in our own form.</summary>
internal static class ForeignEvents
{
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = EventShape.MaxPropertiesBytes + 64 };
    private static readonly JsonWriterOptions Unchecked = new() { SkipValidation = true };

    /// <summary>The verdict on one event.</summary>
    /// <param name="settings">Of its source.</param>
    /// <param name="uuid">Each element may be anything, and undefined.</param>
    /// <param name="type">Mapped; null where it could not be read.</param>
    /// <param name="isBareUtc">Whether a time without an offset is one in UTC.</param>
    public static ForeignItem Make(
        SourceSettings settings, JsonElement uuid, string? type, JsonElement id, JsonElement timestamp,
        JsonElement properties, bool isBareUtc)
    {
        if (type is null)
        {
            return new ForeignItem.Rejected(
                TryUuid(uuid), new("event", "must be a string of 1 to 100 characters"));
        }

        // Before anything else but the form of the type: who may not send it learns nothing more.
        if (!settings.MaySend(type))
        {
            return new ForeignItem.NotAllowed(TryUuid(uuid), type);
        }

        var inner = Inner(properties, out var isUnreadable);
        if (isUnreadable)
        {
            return new ForeignItem.Rejected(TryUuid(uuid), new("properties", "must be an object, or a string of one"));
        }

        var outsideId = ForeignJson.TryText(id);
        var written = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(written, Unchecked))
        {
            json.WriteStartObject();
            Write(json, "uuid", uuid);
            json.WriteString("event", type);
            // An empty one would be a name with its namespace before it.
            if (outsideId is { } known && OutsideName.Malformed(known) is null)
            {
                json.WriteString("distinct_id", IdentityName.Of(settings.Namespace, known));
            }
            else
            {
                Write(json, "distinct_id", id);
            }

            if (isBareUtc && ForeignJson.TryText(timestamp) is { } text && BareUtc.TryRead(text) is { } at)
            {
                json.WriteString("timestamp", at);
            }
            else
            {
                Write(json, "timestamp", timestamp);
            }

            if (inner is { } raw)
            {
                json.WritePropertyName("properties");
                json.WriteRawValue(raw, skipInputValidation: true);
            }
            else
            {
                Write(json, "properties", properties);
            }

            json.WriteEndObject();
        }

        return Read(settings, written.WrittenMemory, outsideId);
    }

    /// <summary>An id of the other person, or the object, where properties have one that can be kept.</summary>
    public static string? Word(JsonElement properties, string name, int maxCharacters) =>
        ForeignJson.TryText(ForeignJson.Member(properties, name)) is { Length: > 0 } text && text.Length <= maxCharacters
        && OutsideName.Malformed(text) is null
            ? text
            : null;

    public static Guid? TryUuid(JsonElement element) =>
        ForeignJson.TryText(element) is { } text && Guid.TryParseExact(text, "D", out var uuid) ? uuid : null;

    private static ForeignItem Read(SourceSettings settings, ReadOnlyMemory<byte> utf8, string? outsideId)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(utf8, Deep);
        }
        catch (JsonException)
        {
            return new ForeignItem.Rejected(null, new("properties", "must be JSON that is nested less deeply"));
        }

        using (document)
        {
            return EventShape.Read(document.RootElement) switch
            {
                EventReading.Wellformed { Event: var activity } when outsideId is not null =>
                    new ForeignItem.Wellformed(new(activity, settings.Namespace, outsideId)),
                EventReading.Malformed malformed => new ForeignItem.Rejected(malformed.Uuid, malformed.Objection),
                _ => new ForeignItem.Rejected(null, new Objection("distinct_id", "must be a string")),
            };
        }
    }

    // Some ways write the properties as a text of JSON. The text is kept as it is, whatever stands in it twice.
    private static string? Inner(JsonElement properties, out bool isUnreadable)
    {
        isUnreadable = false;
        if (properties.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        var text = ForeignJson.TryText(properties);
        try
        {
            if (text is { Length: > 0 })
            {
                using var document = JsonDocument.Parse(text, Deep);
                return text;
            }
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // No JSON, or text that has no form in UTF-8.
        }

        isUnreadable = true;
        return null;
    }

    private static void Write(Utf8JsonWriter json, string name, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Undefined)
        {
            // As it stands: to write what is escaped anew would fail at half a character.
            json.WritePropertyName(name);
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(value), skipInputValidation: true);
        }
    }
}

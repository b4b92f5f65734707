using System.Text.Json;
using System.Text.Unicode;
using Stk.Rules.Activity;
using Stk.Rules.Objections;

namespace Stk.ApiHost.Inputs;

/// <summary>
/// Parses a body as strictly as its meaning needs: UTF-8, whole surrogate pairs, no name twice in an object, at most 16
/// deep. Two readers of one document must not see two values.
/// </summary>
internal static class StrictJson
{
    public const int MaxDepth = 16;

    // What is nested deeper in properties has more bytes than they may have.
    private const int MaxEventDepth = EventShape.MaxPropertiesBytes;

    private static readonly JsonDocumentOptions EventOptions = new() { MaxDepth = MaxEventDepth };

    private static readonly JsonDocumentOptions Options = new()
    {
        AllowDuplicateProperties = false,
        MaxDepth = MaxDepth,
    };

    /// <summary>Null where the body is not such a document. It reads the bytes in place: they must outlive it.</summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> utf8)
    {
        // The parser looks into no string: both would come out later, in the middle of a batch.
        if (!Utf8.IsValid(utf8.Span))
        {
            return null;
        }

        JsonDocument? document = null;
        try
        {
            document = JsonDocument.Parse(utf8, Options);
            if (JsonText.HasOnlyWholeCharacters(utf8.Span, MaxDepth))
            {
                return document;
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A duplicate check that unescapes half a surrogate pair in a name throws the latter.
        }

        document?.Dispose();
        return null;
    }

    /// <summary>
    /// The same for an event or an array of them, but that depth and half characters in the properties of one are that
    /// one's fault and not the body's: <see cref="EventShape"/> says so.
    /// </summary>
    public static JsonDocument? TryParseEvents(ReadOnlyMemory<byte> utf8)
    {
        // Most bodies are as strict as any other, and are looked at once.
        if (TryParse(utf8) is { } strict)
        {
            return strict;
        }

        if (!Utf8.IsValid(utf8.Span))
        {
            return null;
        }

        try
        {
            var document = JsonDocument.Parse(utf8, EventOptions);
            if (IsStrictBesideProperties(utf8.Span))
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // No JSON.
        }

        return null;
    }

    private static bool IsStrictBesideProperties(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxEventDepth });
        var names = new Stack<HashSet<string>>();
        int? memberDepth = null;
        // The depth of the properties' name while the reader is in them.
        int? inProperties = null;
        while (reader.Read())
        {
            memberDepth ??= reader.TokenType == JsonTokenType.StartArray ? 2 : 1;
            if (reader.CurrentDepth < inProperties
                || (reader.CurrentDepth == inProperties && reader.TokenType == JsonTokenType.PropertyName))
            {
                inProperties = null;
            }

            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    names.Push(new(StringComparer.Ordinal));
                    break;
                case JsonTokenType.EndObject:
                    names.Pop();
                    break;
                case JsonTokenType.PropertyName
                    or JsonTokenType.String when !IsSound(ref reader, names, inProperties is not null):
                    return false;
                case JsonTokenType.PropertyName when reader.CurrentDepth == memberDepth && reader.ValueTextEquals("properties"u8):
                    inProperties = memberDepth;
                    break;
            }

            if (inProperties is null && reader.CurrentDepth + (IsStart(reader.TokenType) ? 1 : 0) > MaxDepth)
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsStart(JsonTokenType token) => token is JsonTokenType.StartArray or JsonTokenType.StartObject;

    // Half a character is somebody's fault; a name twice in an object is the body's, wherever it stands.
    private static bool IsSound(ref Utf8JsonReader reader, Stack<HashSet<string>> names, bool isInProperties)
    {
        if (reader.TokenType == JsonTokenType.String && (isInProperties || !reader.ValueIsEscaped))
        {
            return true;
        }

        try
        {
            var text = reader.GetString();
            return reader.TokenType == JsonTokenType.String || names.Peek().Add(text ?? "");
        }
        catch (InvalidOperationException)
        {
            return isInProperties;
        }
    }
}

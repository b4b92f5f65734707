using System.Text.Json;
using System.Text.Unicode;
using Stk.Rules.Objections;
using Stk.Rules.Time;

namespace Stk.Sources.Reading;

/// <summary>
/// What foreign bodies are read with. Nothing throws: what cannot be read is null, and the reader of the payload says what
/// that means.
/// </summary>
internal static class ForeignJson
{
    /// <summary>Objects and lists inside one another where each is read as a whole.</summary>
    public const int MaxDepth = 64;

    // What a body of many events is nested deeper in has more bytes than one event may have.
    private const int MaxEventDepth = 65_536;

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = MaxDepth };
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = MaxEventDepth };

    /// <summary>
    /// A document of whole characters, without a name twice; null where it is none. It reads the bytes in place: they must
    /// outlive it.
    /// </summary>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> utf8)
    {
        var document = Parse(utf8, Strict);
        if (document is null || JsonText.HasOnlyWholeCharacters(utf8.Span, MaxDepth))
        {
            return document;
        }

        document.Dispose();
        return null;
    }

    /// <summary>The same of many events: half characters, depth and names twice within one are that one's fault.</summary>
    public static JsonDocument? TryParseEvents(ReadOnlyMemory<byte> utf8) => Parse(utf8, Lenient);

    /// <summary>A member of an object that stands there once; undefined where it is not there.</summary>
    /// <param name="isTwice">Whether two of this name are there: two readers would see two values.</param>
    public static JsonElement Member(JsonElement from, string name, ref bool isTwice)
    {
        JsonElement found = default;
        if (from.ValueKind != JsonValueKind.Object)
        {
            return found;
        }

        foreach (var member in from.EnumerateObject())
        {
            if (TryName(member) == name)
            {
                isTwice |= found.ValueKind != JsonValueKind.Undefined;
                found = member.Value;
            }
        }

        return found;
    }

    /// <summary>The same where no name stands twice.</summary>
    public static JsonElement Member(JsonElement from, string name)
    {
        var isTwice = false;
        return Member(from, name, ref isTwice);
    }

    public static string? TryText(JsonElement element) => JsonText.TryGet(element);

    public static string? TryName(JsonProperty member) => JsonText.TryGetName(member);

    public static long? TryWhole(JsonElement element) =>
        element.ValueKind == JsonValueKind.Number && element.TryGetInt64(out var value) ? value : null;

    public static DateTimeOffset? TryInstant(JsonElement element) =>
        TryText(element) is { } text && InstantText.TryParse(text, out var at) ? at : null;

    public static bool IsAbsent(JsonElement element) =>
        element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null;

    /// <summary>A boolean that is false where it is absent; null where it is something else.</summary>
    public static bool? TryFlag(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False or JsonValueKind.Undefined or JsonValueKind.Null => false,
        _ => null,
    };

    private static JsonDocument? Parse(ReadOnlyMemory<byte> utf8, JsonDocumentOptions options)
    {
        // The parser looks into no string: this would come out later.
        if (!Utf8.IsValid(utf8.Span))
        {
            return null;
        }

        try
        {
            return JsonDocument.Parse(utf8, options);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // A duplicate check that unescapes half a surrogate pair in a name throws the latter.
            return null;
        }
    }
}

using System.Text.Json;
using System.Text.Unicode;

namespace Stk.ApiHost.Requests;

/// <summary>
/// Parses a body as strictly as its meaning needs: UTF-8, whole surrogate pairs, no name twice in an object, at most 16
/// deep. Two readers of one document must not see two values.
/// </summary>
internal static class StrictJson
{
    public const int MaxDepth = 16;

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
            if (HasOnlyWholeCharacters(utf8.Span))
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

    private static bool HasOnlyWholeCharacters(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}

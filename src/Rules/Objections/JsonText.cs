using System.Text.Json;

namespace Stk.Rules.Objections;

/// <summary>
/// Strings of a parsed document. It is parsed without looking into strings: half a surrogate pair or bytes that are no
/// UTF-8 come out only here, and as an exception.
/// </summary>
public static class JsonText
{
    /// <summary>The text of a JSON string that is well-formed, or null.</summary>
    public static string? TryGet(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The name of a member, or null where it is not well-formed.</summary>
    public static string? TryGetName(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether no string and no name of a document has half a surrogate pair.</summary>
    /// <param name="utf8">A document that can be parsed.</param>
    /// <param name="maxDepth">At least the document's own.</param>
    public static bool HasOnlyWholeCharacters(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        if (utf8.IndexOf("\\u"u8) < 0)
        {
            return true;
        }

        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth });
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

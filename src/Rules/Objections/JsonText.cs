using System.Text.Json;

namespace Stk.Rules.Objections;

/// <summary>
/// Strings of a parsed document. It is parsed without looking into strings: half a surrogate pair or bytes that are no
/// UTF-8 come out only here, and as an exception.
/// </summary>
internal static class JsonText
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
}

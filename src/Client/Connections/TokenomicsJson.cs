using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Stk.Rules.Weeks;

namespace Stk.Client.Connections;

/// <summary>How the API's values stand in JSON.</summary>
public static class TokenomicsJson
{
    /// <summary>For answers: read, and written again as they came, what is null too.</summary>
    public static JsonSerializerOptions Options { get; } = Make(JsonIgnoreCondition.Never);

    /// <summary>For bodies: what is null is left out.</summary>
    internal static JsonSerializerOptions Sent { get; } = Make(JsonIgnoreCondition.WhenWritingNull);

    private static JsonSerializerOptions Make(JsonIgnoreCondition ignored)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            DefaultIgnoreCondition = ignored,
            // Names and notes are Russian: kept legible.
            Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
            Converters = { new WeekIdJsonConverter() },
        };
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}

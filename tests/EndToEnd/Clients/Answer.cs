using System.Text.Json;
using System.Text.RegularExpressions;

namespace Stk.EndToEnd.Clients;

/// <summary>A response, read whole.</summary>
public sealed record Answer(HttpStatusCode Status, string? Type, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => System.Text.Encoding.UTF8.GetString(Bytes);

    /// <summary>The body but for the trace's id, in which any short text may stand by chance.</summary>
    public string TextWithoutTrace => Regex.Replace(Text, "\"traceId\":\"[^\"]*\"", "");

    /// <summary>Asserts that it is a success in JSON.</summary>
    public JsonElement Json
    {
        get
        {
            Assert.True((int)Status is >= 200 and < 300, $"{(int)Status} {Type}: {Text}");
            return JsonDocument.Parse(Bytes).RootElement;
        }
    }

    /// <summary>Asserts a problem of this type; the fields at fault.</summary>
    public string[] Problem(HttpStatusCode status, string slug)
    {
        Assert.True(Status == status && Type == "application/problem+json", $"{(int)Status} {Type}: {Text}");
        var problem = JsonDocument.Parse(Bytes).RootElement;
        Assert.Equal($"/problems/{slug}", problem.GetProperty("type").GetString());
        return [.. problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()!)];
    }

    public static async Task<Answer> Of(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsByteArrayAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));
}

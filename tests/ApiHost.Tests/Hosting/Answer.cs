using System.Net;
using System.Text.Json;

namespace Stk.ApiHost.Tests.Hosting;

/// <summary>A response, read whole.</summary>
public sealed record Answer(HttpStatusCode Status, string? Type, string Text, Dictionary<string, string> Headers)
{
    public JsonElement Json => JsonDocument.Parse(Text).RootElement;

    public static async Task<Answer> Of(HttpResponseMessage response) => new(
        response.StatusCode,
        response.Content.Headers.ContentType?.MediaType,
        await response.Content.ReadAsStringAsync(),
        response.Headers.Concat(response.Content.Headers).ToDictionary(
            header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase));

    /// <summary>Asserts a problem of this type, and returns the fields at fault.</summary>
    public string[] Problem(int status, string slug)
    {
        Assert.True(status == (int)Status && Type == "application/problem+json", $"{(int)Status} {Type}: {Text}");
        var json = Json;
        Assert.Equal($"/problems/{slug}", json.GetProperty("type").GetString());
        Assert.Equal(status, json.GetProperty("status").GetInt32());
        Assert.NotEmpty(json.GetProperty("title").GetString()!);
        Assert.NotEmpty(json.GetProperty("detail").GetString()!);
        Assert.NotEmpty(json.GetProperty("traceId").GetString()!);
        return [.. json.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()!)];
    }

    /// <summary>The body without what differs between any two answers.</summary>
    public string WithoutTrace() => Text.Replace(Json.GetProperty("traceId").GetString()!, "", StringComparison.Ordinal);
}

using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Stk.EndToEnd.Clients;

/// <summary>A client of the running API, with a token or none.</summary>
public sealed class ApiClient(HttpClient http, string? token = null)
{
    public const string Root = "/api/v1/tokenomics/";

    public Task<Answer> Get(string path, string? accept = null) => Send(HttpMethod.Get, path, null, accept);

    public Task<Answer> Post(string path, object body) => Send(HttpMethod.Post, path, Json(body));

    public Task<Answer> Put(string path, object body) => Send(HttpMethod.Put, path, Json(body));

    public Task<Answer> SendText(string path, string json) => Send(HttpMethod.Post, path, Json(json));

    /// <summary>A write under a key of its own.</summary>
    public Task<Answer> Write(
        HttpMethod method, string path, object body, params (string Name, string Value)[] headers) => Send(
        method, path, Json(body), headers: [("Idempotency-Key", Guid.NewGuid().ToString()), .. headers]);

    /// <summary>A second operator's: approves what waits.</summary>
    /// <param name="waiting">The answer that says so.</param>
    public async Task<Answer> Approve(Answer waiting)
    {
        var id = waiting.Json.GetProperty("id").GetString();
        var body = Json(new { reason = "looked at" });
        body.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var approved = await Send(HttpMethod.Post, $"admin/approvals/{id}/approve", body);
        return approved.Json.GetProperty("state").GetString() == "approved"
            ? approved
            : throw new InvalidOperationException($"{id} was not approved: {approved.Text}");
    }

    /// <summary>Sends events and returns their outcomes, in order.</summary>
    public async Task<string[]> SendEvents(params IEnumerable<object> events) => Outcomes(await Post("events", events));

    public static string[] Outcomes(Answer answer) =>
        [.. answer.Json.EnumerateArray().Select(item => item.GetProperty("outcome").GetString()!)];

    /// <summary>An operator's: sets the manual clock and waits until everything due has run.</summary>
    public async Task MoveClock(string to)
    {
        var now = DateTimeOffset.Parse(to, CultureInfo.InvariantCulture);
        _ = (await Post("admin/clock", new { now = to })).Json;
        await Eventually.Get(
            () => Get("admin/clock"), clock => clock.Json.GetProperty("reached").GetDateTimeOffset() >= now,
            $"the economy has reached {to}");
    }

    /// <param name="path">Under the API's root, or from the host's where it begins with a slash.</param>
    public async Task<Answer> Send(
        HttpMethod method, string path, HttpContent? body = null, string? accept = null,
        params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : Root + path) { Content = body };
        if (token is not null)
        {
            request.Headers.Authorization = new("Bearer", token);
        }

        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(request);
        return await Answer.Of(response);
    }

    public static ByteArrayContent Json(string text, string? encoding = null, Func<byte[], byte[]>? encode = null)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var content = new ByteArrayContent(encode is null ? bytes : encode(bytes));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        if (encoding is not null)
        {
            content.Headers.ContentEncoding.Add(encoding);
        }

        return content;
    }

    private static ByteArrayContent Json(object body) => Json(JsonSerializer.Serialize(body));
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stk.Torture.Operations;

namespace Stk.Torture.Hosts;

/// <summary>The API as a client sees it: an answer, or none.</summary>
internal sealed class RestApi : IDisposable
{
    private readonly HttpClient _http;
    private readonly TortureSettings _settings;
    private readonly ConcurrentBag<string> _unforeseen = [];

    public RestApi(TortureSettings settings, int port)
    {
        _settings = settings;
        _http = new()
        {
            BaseAddress = new($"http://127.0.0.1:{port}/api/v1/tokenomics/"),
            // Above the host's own deadline: it says "unknown" before we do.
            Timeout = TimeSpan.FromSeconds(40),
        };
    }

    /// <summary>Answers 500, which are for what nobody has thought of.</summary>
    public IReadOnlyCollection<string> Unforeseen => _unforeseen;

    /// <summary>The answers in the order sent; null where there is none, or one that promises nothing.</summary>
    public async Task<IReadOnlyList<(Guid? Uuid, string Outcome)>?> Send(JsonArray events)
    {
        var (status, body) = await Ask(HttpMethod.Post, "events", _settings.IngestToken, events.ToJsonString());
        return status == HttpStatusCode.OK
            ?
            [
                .. body!.AsArray().Select(answer => (
                    answer!["uuid"]?.GetValue<Guid>() ?? default(Guid?), answer["outcome"]!.GetValue<string>())),
            ]
            : null;
    }

    /// <summary>True once the setting is taken.</summary>
    public async Task<bool> SetClock(DateTimeOffset now)
    {
        var body = JsonSerializer.Serialize(new { now = now.UtcDateTime });
        var (status, _) = await Ask(HttpMethod.Post, "admin/clock", _settings.OperatorToken, body);
        return status == HttpStatusCode.Accepted;
    }

    /// <summary>Null where there is no answer.</summary>
    public async Task<JsonNode?> Get(string path)
    {
        var (status, body) = await Ask(HttpMethod.Get, path, _settings.OperatorToken, null);
        return status == HttpStatusCode.OK ? body : null;
    }

    /// <summary>The text as it is; null where there is no answer, or nothing to show yet.</summary>
    public async Task<string?> Read(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        return await Ask(request, _settings.OperatorToken) is { IsSuccess: true } answer ? answer.Text : null;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Null where there is no answer.</summary>
    /// <param name="key">The Idempotency-Key; null for none.</param>
    public async Task<RestAnswer?> Write(HttpMethod method, string path, string token, string? key, string body)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await Ask(request, token);
    }

    private async Task<(HttpStatusCode? Status, JsonNode? Body)> Ask(
        HttpMethod method, string path, string token, string? body)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        var answer = await Ask(request, token);
        return (answer?.Status, answer is { IsSuccess: true } ? JsonNode.Parse(answer.Text) : null);
    }

    private async Task<RestAnswer?> Ask(HttpRequestMessage request, string token)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await _http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            if (response.StatusCode == HttpStatusCode.InternalServerError)
            {
                _unforeseen.Add($"{DateTime.UtcNow:HH:mm:ss.fff} {request.Method} {request.RequestUri}: {text}");
            }

            return new(
                response.StatusCode, text,
                response.Headers.TryGetValues("Idempotency-Replayed", out var said) && said.Single() == "true");
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
    }
}

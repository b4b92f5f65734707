using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Stk.Solana.Tests.Chain;

/// <summary>One node, asked as a client of another make asks: no types of ours in between.</summary>
internal sealed class RawNode(Uri url) : IDisposable
{
    private readonly HttpClient _http = new();

    /// <summary>The result of a call that the node answers.</summary>
    public async Task<JsonNode?> Ask(string method, params object?[] parameters)
    {
        var answer = await Answer(method, parameters);
        return answer["error"] is { } error
            ? throw new InvalidOperationException($"{method} was refused: {error.ToJsonString()}")
            : answer["result"];
    }

    /// <summary>The code and the words with which the node refuses a call.</summary>
    public async Task<(int Code, string Message)> Refusal(string method, params object?[] parameters)
    {
        var answer = await Answer(method, parameters);
        var error = answer["error"]
            ?? throw new InvalidOperationException($"{method} was answered: {answer.ToJsonString()}");
        return (error["code"]!.GetValue<int>(), error["message"]!.GetValue<string>());
    }

    public void Dispose() => _http.Dispose();

    private async Task<JsonObject> Answer(string method, object?[] parameters)
    {
        using var answer = await _http.PostAsJsonAsync(
            url, new { jsonrpc = "2.0", id = 1, method, @params = parameters });
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!; // a node's answer is an object
    }
}

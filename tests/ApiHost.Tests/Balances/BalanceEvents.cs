using System.Net;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Balances;

/// <summary>A stream of balances, or of another name, as a client reads it.</summary>
public sealed class BalanceEvents : IDisposable
{
    private readonly HttpRequestMessage _request;
    private readonly StreamReader _lines;
    private readonly string _name;

    private BalanceEvents(HttpRequestMessage request, HttpResponseMessage response, StreamReader lines, string name)
    {
        _name = name;
        _request = request;
        Response = response;
        _lines = lines;
    }

    public HttpResponseMessage Response { get; }

    public static async Task<BalanceEvents> Open(
        ApiHostUnderTest host, string token, string query = "", string? lastEventId = null,
        string name = "balance") =>
        await TryOpen(host, token, query, lastEventId, name) ?? throw new InvalidOperationException("the stream was refused");

    /// <summary>Null where it is refused.</summary>
    public static async Task<BalanceEvents?> TryOpen(
        ApiHostUnderTest host, string token, string query = "", string? lastEventId = null, string name = "balance")
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"{ApiHostUnderTest.Root}/{name}/stream{query}");
        request.Headers.Add("Authorization", $"Bearer {token}");
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        var response = await host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            response.Dispose();
            request.Dispose();
            return null;
        }

        return new(request, response, new(await response.Content.ReadAsStreamAsync()), name);
    }

    /// <summary>The next event, its id and its data.</summary>
    public async Task<BalanceEvent> Next()
    {
        string? id = null, data = null, name = null;
        while (await Line() is { } line)
        {
            switch (line.Split(": ", 2))
            {
                case ["event", var value]:
                    name = value;
                    break;
                case ["id", var value]:
                    id = value;
                    break;
                case ["data", var value]:
                    data = value;
                    break;
                case [""] when data is not null:
                    Assert.Equal(_name, name);
                    return new(id, data);
                default:
                    break;
            }
        }

        throw new InvalidOperationException("the stream has ended");
    }

    /// <summary>The next comment; nothing else may come first but the time to wait before coming again.</summary>
    public async Task Comment()
    {
        while (await Line() is { } line)
        {
            if (line == ":")
            {
                return;
            }

            Assert.True(line.Length == 0 || line.StartsWith("retry:", StringComparison.Ordinal), line);
        }

        throw new InvalidOperationException("the stream has ended");
    }

    /// <summary>Reads to the end, which must come.</summary>
    public async Task End()
    {
        while (await Line() is not null)
        {
            // Whatever came before it.
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        Response.Dispose();
        _request.Dispose();
    }

    private async Task<string?> Line() => await _lines.ReadLineAsync().WaitAsync(HangLimit.Step);
}

public sealed record BalanceEvent(string? Id, string Data);

using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stk.Cli.Tests.Endings;

/// <summary>
/// An API on loopback, for programs that run as processes: it answers what a test says, or nothing for ever.
/// </summary>
internal sealed class LoopbackApi : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<string, string?> _answer;
    private readonly List<string> _requests = [];
    private readonly Task _accepting;

    /// <param name="answer">The whole answer to <c>POST transfer</c> (method and path under the API's root, without the
    /// query); null for silence.</param>
    public LoopbackApi(Func<string, string?> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = Accept();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Head and body of each, as they came.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    public static string Json(string json, string status = "200 OK") => Answer(status, "application/json", json);

    public static string Problem(string status, string slug, string head = "") => Answer(
        status, "application/problem+json", $$"""{"type":"/problems/{{slug}}","title":"T","detail":"D","errors":[]}""", head);

    /// <summary>The key of the write that came last.</summary>
    public string Key() => Requests.Last(request => !request.StartsWith("GET", StringComparison.Ordinal)).Split("\r\n")
        .Single(line => line.StartsWith("Idempotency-Key: ", StringComparison.Ordinal)).Split(' ')[1];

    public async ValueTask DisposeAsync()
    {
        // The listener last: one that has been stopped under its accepting loop throws whatever it likes.
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    private static string Answer(string status, string type, string body, string head = "") =>
        $"HTTP/1.1 {status}\r\nContent-Type: {type}\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n{head}\r\n{body}";

    private async Task Accept()
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                served.Add(Serve(await _listener.AcceptTcpClientAsync(_end.Token)));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(served);
        }
    }

    private async Task Serve(TcpClient client)
    {
        using var connection = client;
        try
        {
            await using var stream = client.GetStream();
            while (await Read(stream) is { } request)
            {
                lock (_requests)
                {
                    _requests.Add(request);
                }

                var words = request.Split(' ', 3);
                var call = $"{words[0]} {words[1].Split("/api/v1/tokenomics/")[^1].Split('?')[0]}";
                if (_answer(call) is not { } answer)
                {
                    await Task.Delay(Timeout.Infinite, _end.Token);
                    return;
                }

                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), _end.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The program has ended, or the test.
        }
    }

    private async Task<string?> Read(NetworkStream stream)
    {
        var read = new StringBuilder();
        var buffer = new byte[4096];
        while (true)
        {
            if (read.ToString() is var text && text.IndexOf("\r\n\r\n", StringComparison.Ordinal) is var end and >= 0
                && text.Length - end - 4 >= Length(text[..end]))
            {
                return text;
            }

            var count = await stream.ReadAsync(buffer, _end.Token);
            if (count == 0)
            {
                return null;
            }

            read.Append(Encoding.Latin1.GetString(buffer, 0, count));
        }
    }

    private static int Length(string head) => head.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line
            ? int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)
            : 0;
}

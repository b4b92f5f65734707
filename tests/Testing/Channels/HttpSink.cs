using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Stk.Testing.Channels;

/// <summary>A server that keeps requests and answers as a test wants it, well or badly.</summary>
public sealed class HttpSink : IAsyncDisposable
{
    private readonly TcpListener _listener;
    private readonly X509Certificate2? _certificate;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    /// <param name="certificate">Null: without TLS.</param>
    /// <param name="address">Where it listens; null: 127.0.0.1.</param>
    /// <param name="port">0: any that is free.</param>
    public HttpSink(X509Certificate2? certificate = null, IPAddress? address = null, int port = 0)
    {
        _certificate = certificate;
        _listener = new(address ?? IPAddress.Loopback, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Accept();
    }

    public int Port { get; }

    public ConcurrentQueue<SunkRequest> Requests { get; } = new();

    /// <summary>Connections that it has taken, with or without a request.</summary>
    public int Connections { get; private set; }

    public Func<SunkRequest, SinkAnswer> Answers { get; set; } = _ => new();

    public async ValueTask DisposeAsync()
    {
        // The listener last: one that has been stopped under its accepting loop throws whatever it likes.
        await _end.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task Accept()
    {
        var talks = new List<Task>();
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_end.Token);
                Connections++;
                talks.Add(Talk(client));
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task Talk(TcpClient client)
    {
        using var _ = client;
        try
        {
            await using var stream = await Open(client.GetStream());
            var request = await Read(stream);
            Requests.Enqueue(request);
            var answer = Answers(request);
            if (answer.After is { } gate)
            {
                await gate.WaitAsync(_end.Token);
            }

            if (answer.Hangs)
            {
                await Task.Delay(Timeout.Infinite, _end.Token);
            }

            if (answer.Resets)
            {
                client.Client.LingerState = new(true, 0);
                client.Client.Close();
                return;
            }

            var body = answer.Body ?? new byte[answer.BodyBytes];
            var head = new StringBuilder($"HTTP/1.1 {answer.Status} so\r\nConnection: close\r\n");
            head.AppendJoin("", answer.Headers.Select(header => $"{header}\r\n"))
                .Append(System.Globalization.CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n");
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.ToString()), _end.Token);
            await stream.WriteAsync(body.AsMemory(0, answer.CutAt ?? body.Length), _end.Token);
            await stream.FlushAsync(_end.Token);
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException
            or System.Security.Authentication.AuthenticationException)
        {
            // The other side has gone, or did not trust us.
        }
    }

    private async Task<Stream> Open(Stream stream)
    {
        if (_certificate is null)
        {
            return stream;
        }

        var secured = new SslStream(stream);
        await secured.AuthenticateAsServerAsync(_certificate);
        return secured;
    }

    private async Task<SunkRequest> Read(Stream stream)
    {
        var bytes = new List<byte>();
        var buffer = new byte[8192];
        var headEnd = -1;
        while (headEnd < 0)
        {
            var count = await stream.ReadAsync(buffer, _end.Token);
            if (count == 0)
            {
                throw new IOException("the other side has gone");
            }

            bytes.AddRange(buffer.AsSpan(0, count));
            headEnd = bytes.ToArray().AsSpan().IndexOf("\r\n\r\n"u8);
        }

        var lines = Encoding.ASCII.GetString([.. bytes.Take(headEnd)]).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(pair => pair[0].ToLowerInvariant(), pair => pair[1], StringComparer.Ordinal);
        var length = headers.TryGetValue("content-length", out var text)
            ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)
            : 0;
        var body = bytes.Skip(headEnd + 4).ToList();
        while (body.Count < length)
        {
            var count = await stream.ReadAsync(buffer, _end.Token);
            if (count == 0)
            {
                throw new IOException("the other side has gone");
            }

            body.AddRange(buffer.AsSpan(0, count));
        }

        var start = lines[0].Split(' ');
        return new(start[0], start[1], headers, [.. body]);
    }
}

/// <param name="Headers">By their names in small letters.</param>
public sealed record SunkRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Text => Encoding.UTF8.GetString(Body);
}

/// <param name="Headers">Whole lines.</param>
/// <param name="Hangs">It takes the request and says nothing.</param>
/// <param name="Resets">It ends the connection instead.</param>
public sealed record SinkAnswer(
    int Status = 200, int BodyBytes = 0, bool Hangs = false, bool Resets = false, params string[] Headers)
{
    /// <summary>Null: as many zeros as are said.</summary>
    public byte[]? Body { get; init; }

    /// <summary>The connection ends after so many bytes of the body.</summary>
    public int? CutAt { get; init; }

    /// <summary>What it waits for before it answers.</summary>
    public Task? After { get; init; }

    /// <summary>An answer of JSON.</summary>
    public static SinkAnswer Json(string text, int status = 200) =>
        new(status, Headers: ["Content-Type: application/json; charset=utf-8"]) { Body = Encoding.UTF8.GetBytes(text) };
}

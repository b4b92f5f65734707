using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Stk.Testing.Channels;

/// <summary>A mail server that keeps what it is given. It speaks SMTP with STARTTLS.</summary>
public sealed class SmtpSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    /// <param name="certificate">Null: it does not offer STARTTLS.</param>
    public SmtpSink(X509Certificate2? certificate)
    {
        Certificate = certificate;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Accept();
    }

    public int Port { get; }

    public X509Certificate2? Certificate { get; }

    /// <summary>What it was given, headers and all, in the order of arrival.</summary>
    public ConcurrentQueue<string> Letters { get; } = new();

    /// <summary>Connections that it has taken.</summary>
    public int Connections { get; private set; }

    /// <summary>What it says to a command; null: as one that takes all. DATA. stands for a letter's end.</summary>
    public Func<string, string?> Says { get; set; } = _ => null;

    /// <summary>Ends the connection instead of the answer to a command.</summary>
    public Func<string, bool> HangsUp { get; set; } = _ => false;

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
        Stream stream = client.GetStream();
        try
        {
            await Say(stream, "220 sink.example ESMTP");
            while (await ReadLine(stream) is { } line)
            {
                var verb = line.Split(' ')[0].ToUpperInvariant();
                if (HangsUp(line))
                {
                    return;
                }

                if (Says(line) is { } said)
                {
                    await Say(stream, said);
                    continue;
                }

                switch (verb)
                {
                    case "EHLO":
                        var isOffered = Certificate is not null && stream is not SslStream;
                        await Say(stream, $"250-sink.example\r\n250 {(isOffered ? "STARTTLS" : "8BITMIME")}");
                        break;
                    case "STARTTLS":
                        await Say(stream, "220 go ahead");
                        var secured = new SslStream(stream);
                        await secured.AuthenticateAsServerAsync(Certificate!);
                        stream = secured;
                        break;
                    case "DATA":
                        await Say(stream, "354 end with a dot");
                        var letter = await ReadLetter(stream);
                        if (HangsUp("DATA."))
                        {
                            Letters.Enqueue(letter);
                            return;
                        }

                        if (Says("DATA.") is { } answer)
                        {
                            await Say(stream, answer);
                            break;
                        }

                        Letters.Enqueue(letter);
                        await Say(stream, "250 taken");
                        break;
                    case "QUIT":
                        await Say(stream, "221 bye");
                        return;
                    default:
                        await Say(stream, "250 ok");
                        break;
                }
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException
            or System.Security.Authentication.AuthenticationException)
        {
            // The other side has gone, or did not trust us.
        }
        finally
        {
            await stream.DisposeAsync();
        }
    }

    private async Task Say(Stream stream, string line) =>
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _end.Token);

    private async Task<string> ReadLetter(Stream stream)
    {
        var letter = new StringBuilder();
        while (await ReadLine(stream) is { } line && line != ".")
        {
            letter.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append('\n');
        }

        return letter.ToString();
    }

    private async Task<string?> ReadLine(Stream stream)
    {
        var line = new List<byte>();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _end.Token) == 1)
        {
            if (one[0] == (byte)'\n')
            {
                return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
            }

            line.Add(one[0]);
        }

        return null;
    }
}

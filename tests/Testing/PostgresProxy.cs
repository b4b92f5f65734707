using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stk.Testing;

/// <summary>
/// Stands between clients and PostgreSQL on loopback and reads what the clients say message by message, so that a COMMIT
/// is known however it is sent: in text, as a prepared statement, split over packets. Cuts, delays and refuses on demand.
/// </summary>
public sealed class PostgresProxy : IAsyncDisposable
{
    private readonly int _target;
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Link> _links = [];
    private readonly Task _accepting;
    private bool _isRefusing;
    private bool _isArmed;
    private long _delayMs;
    private int _cutsAtCommit;

    /// <param name="target">The server's port.</param>
    /// <param name="port">The proxy's own; 0 for any.</param>
    public PostgresProxy(int target, int port = 0)
    {
        _target = target;
        _listener = new(IPAddress.Loopback, port);
        _listener.Start();
        _accepting = Task.Run(Accept);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections cut just after their COMMIT was passed on.</summary>
    public int CutsAtCommit => Volatile.Read(ref _cutsAtCommit);

    /// <summary>How long each request is held before it is passed on.</summary>
    public TimeSpan Delay
    {
        get => TimeSpan.FromMilliseconds(Interlocked.Read(ref _delayMs));
        set => Interlocked.Exchange(ref _delayMs, (long)value.TotalMilliseconds);
    }

    /// <summary>New connections are closed at once.</summary>
    public bool IsRefusing
    {
        get => Volatile.Read(ref _isRefusing);
        set => Volatile.Write(ref _isRefusing, value);
    }

    /// <summary>
    /// Cuts the next connection that commits: the whole request has gone to the server, and no byte of the answer to the
    /// client.
    /// </summary>
    public void CutAtNextCommit() => Volatile.Write(ref _isArmed, true);

    /// <summary>Whatever was armed and has not been used is disarmed.</summary>
    public void Disarm() => Volatile.Write(ref _isArmed, false);

    /// <summary>Cuts every connection. Returns how many.</summary>
    public int CutAll()
    {
        Link[] links;
        lock (_gate)
        {
            links = [.. _links];
        }

        foreach (var link in links)
        {
            link.Cut();
        }

        return links.Length;
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _listener.Dispose();
        CutAll();
        await _accepting;
        _closed.Dispose();
    }

    private async Task Accept()
    {
        var served = new List<Task>();
        try
        {
            while (true)
            {
                served.Add(Serve(await _listener.AcceptSocketAsync(_closed.Token)));
                served.RemoveAll(task => task.IsCompleted);
            }
        }
        catch (Exception) when (_closed.IsCancellationRequested)
        {
            CutAll();
            await Task.WhenAll(served);
        }
    }

    private async Task Serve(Socket client)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var link = new Link(client, server);
        client.NoDelay = true;
        lock (_gate)
        {
            _links.Add(link);
        }

        try
        {
            if (IsRefusing)
            {
                return;
            }

            await server.ConnectAsync(IPAddress.Loopback, _target, _closed.Token);
            var answers = PassAnswers(link);
            await Task.WhenAny(PassRequests(link), answers);
            if (link.IsSilent)
            {
                // Nobody hears the answer, but the server is to read all that was sent: a reset could take it back.
                server.Shutdown(SocketShutdown.Send);
                await Task.WhenAny(answers, Task.Delay(HangLimit.Step, _closed.Token));
            }
        }
        catch (Exception exception) when (
            exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // A connection that ends is what we are here for.
        }
        finally
        {
            lock (_gate)
            {
                _links.Remove(link);
            }

            link.Cut();
        }
    }

    private async Task PassRequests(Link link)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            for (int count; (count = await link.Client.ReceiveAsync(buffer, _closed.Token)) > 0;)
            {
                if (Delay is { Ticks: > 0 } delay)
                {
                    await Task.Delay(delay, _closed.Token);
                }

                link.Reader.Read(buffer.AsSpan(0, count));
                var isCut = link.Reader.IsCommitWhole && TakeArming();
                if (isCut)
                {
                    link.IsSilent = true;
                }

                await link.Server.SendAsync(buffer.AsMemory(0, count), _closed.Token);
                if (isCut)
                {
                    // Counted first: a client that sees the cut may look at once.
                    Interlocked.Increment(ref _cutsAtCommit);
                    link.CutClient();
                    return;
                }
            }
        }
        catch (Exception exception) when (
            exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The other direction has ended it, or somebody has cut it.
        }
    }

    private async Task PassAnswers(Link link)
    {
        try
        {
            var buffer = new byte[64 * 1024];
            for (int count; (count = await link.Server.ReceiveAsync(buffer, _closed.Token)) > 0;)
            {
                if (!link.IsSilent)
                {
                    await link.Client.SendAsync(buffer.AsMemory(0, count), _closed.Token);
                }
            }
        }
        catch (Exception exception) when (
            exception is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }
    }

    private bool TakeArming() => Interlocked.Exchange(ref _isArmed, false);

    private sealed class Link(Socket client, Socket server) : IDisposable
    {
        private volatile bool _isSilent;
        private bool _isClientCut;

        public Socket Client { get; } = client;

        public Socket Server { get; } = server;

        public RequestReader Reader { get; } = new();

        public bool IsSilent
        {
            get => _isSilent;
            set => _isSilent = value;
        }

        public void CutClient()
        {
            if (Interlocked.Exchange(ref _isClientCut, true))
            {
                return;
            }

            // A reset, as of a machine that is gone, and no polite end.
            Client.LingerState = new(enable: true, seconds: 0);
            Client.Dispose();
        }

        public void Cut()
        {
            CutClient();
            Server.Dispose();
        }

        public void Dispose() => Cut();
    }

    /// <summary>Follows one client's messages. After the start-up messages each is a letter, a length, a body.</summary>
    private sealed class RequestReader
    {
        private const int StartupHeader = 8;
        private const int SslRequest = 80_877_103;
        private const int GssRequest = 80_877_104;
        private const int CancelRequest = 80_877_102;

        // Longer than any name or COMMIT: of a longer message the rest is passed over unread.
        private const int BodyKept = 512;

        private readonly HashSet<string> _commits = [];
        private readonly HashSet<string> _boundCommits = [];
        private readonly List<byte> _message = [];
        private bool _isStarted;
        private bool _hasCommit;
        private long _skip;

        /// <summary>The bytes read last ended a request that has a COMMIT in it.</summary>
        public bool IsCommitWhole { get; private set; }

        public void Read(ReadOnlySpan<byte> bytes)
        {
            IsCommitWhole = false;
            while (bytes.Length > 0)
            {
                if (_skip > 0)
                {
                    var passed = (int)Math.Min(_skip, bytes.Length);
                    _skip -= passed;
                    bytes = bytes[passed..];
                    continue;
                }

                _message.Add(bytes[0]);
                bytes = bytes[1..];
                if (_isStarted)
                {
                    ReadMessage();
                }
                else
                {
                    ReadStartup();
                }
            }
        }

        private void ReadStartup()
        {
            if (_message.Count < StartupHeader)
            {
                return;
            }

            var head = _message.ToArray();
            var length = BinaryPrimitives.ReadInt32BigEndian(head);
            var code = BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(4));
            _isStarted = code is not (SslRequest or GssRequest or CancelRequest);
            _skip = length - StartupHeader;
            _message.Clear();
        }

        private void ReadMessage()
        {
            if (_message.Count < 5)
            {
                return;
            }

            var length = Length();
            var kept = Math.Min(length, BodyKept);
            if (_message.Count < 1 + kept)
            {
                return;
            }

            Follow((char)_message[0], _message.ToArray().AsSpan(5));
            _message.Clear();
            _skip = length - kept;
        }

        private int Length() => (_message[1] << 24) | (_message[2] << 16) | (_message[3] << 8) | _message[4];

        private void Follow(char kind, ReadOnlySpan<byte> body)
        {
            switch (kind)
            {
                case 'Q':
                    IsCommitWhole |= IsCommit(Text(ref body));
                    break;
                case 'P':
                    var name = Text(ref body);
                    _ = IsCommit(Text(ref body)) ? _commits.Add(name) : _commits.Remove(name);
                    break;
                case 'B':
                    var portal = Text(ref body);
                    _ = _commits.Contains(Text(ref body)) ? _boundCommits.Add(portal) : _boundCommits.Remove(portal);
                    break;
                case 'E':
                    _hasCommit |= _boundCommits.Contains(Text(ref body));
                    break;
                case 'S':
                    // The end of a pipelined request.
                    IsCommitWhole |= _hasCommit;
                    _hasCommit = false;
                    break;
            }
        }

        private static bool IsCommit(string sql) => sql.Trim().Equals("COMMIT", StringComparison.OrdinalIgnoreCase);

        private static string Text(ref ReadOnlySpan<byte> body)
        {
            var end = body.IndexOf((byte)0);
            var text = Encoding.UTF8.GetString(end < 0 ? body : body[..end]);
            body = end < 0 ? [] : body[(end + 1)..];
            return text;
        }
    }
}

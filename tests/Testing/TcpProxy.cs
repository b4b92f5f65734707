using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Stk.Testing;

/// <summary>What becomes of the connection whose request holds the mark.</summary>
public enum Cut
{
    /// <summary>The request is not passed on.</summary>
    BeforeRequest = 1,

    /// <summary>The request is passed on whole, and nobody waits for what becomes of it.</summary>
    AfterRequest = 2,

    /// <summary>The server has answered; the answer is not passed on.</summary>
    BeforeAnswer = 3,
}

/// <summary>
/// Stands between a client and PostgreSQL on loopback, and cuts the connection at the request that holds a mark: how a
/// COMMIT gets lost on the wire.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    // The message that ends a pipelined request.
    private static readonly byte[] Sync = [(byte)'S', 0, 0, 0, 4];

    private readonly int _target;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _gate = new();
    private readonly Task _accepting;
    private (byte[] Mark, Cut Cut, bool IsLast)? _armed;
    private bool _isRefusing;
    private int _cuts;

    public TcpProxy(int target)
    {
        _target = target;
        _listener.Start();
        _accepting = Task.Run(Accept);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections cut so far.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    /// <summary>Cuts the next connection whose request holds the mark, once.</summary>
    /// <param name="isLast">No connection is let through after it.</param>
    public void CutAt(string mark, Cut cut, bool isLast = false)
    {
        lock (_gate)
        {
            _armed = (Encoding.UTF8.GetBytes(mark), cut, isLast);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _closed.Dispose();
    }

    private async Task Accept()
    {
        var pairs = new List<Task>();
        try
        {
            while (true)
            {
                pairs.Add(Serve(await _listener.AcceptSocketAsync(_closed.Token)));
            }
        }
        catch (Exception) when (_closed.IsCancellationRequested)
        {
            await Task.WhenAll(pairs);
        }
    }

    private async Task Serve(Socket client)
    {
        using var inner = client;
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.NoDelay = true;
        try
        {
            if (Volatile.Read(ref _isRefusing))
            {
                return;
            }

            await server.ConnectAsync(IPAddress.Loopback, _target, _closed.Token);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_closed.Token);
            var link = new Link(client, server);
            var up = PassRequests(link, ended.Token);
            var down = PassAnswers(link, ended.Token);
            await Task.WhenAny(up, down);
            await ended.CancelAsync();
            await Task.WhenAll(Quietly(up), Quietly(down));
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // A connection that ends is what we are here for.
        }
    }

    private async Task PassRequests(Link link, CancellationToken cancellation)
    {
        var buffer = new byte[128 * 1024];
        for (int count; (count = await link.Client.ReceiveAsync(buffer, cancellation)) > 0;)
        {
            var request = buffer.AsMemory(0, count);
            if (Take(request.Span) is { } cut)
            {
                link.Cut = cut;
                if (cut == Cut.BeforeRequest)
                {
                    return;
                }
            }

            await link.Server.SendAsync(request, cancellation);
            if (link.Cut == Cut.AfterRequest && request.Span.EndsWith(Sync))
            {
                return;
            }
        }
    }

    private static async Task PassAnswers(Link link, CancellationToken cancellation)
    {
        var buffer = new byte[128 * 1024];
        for (int count; (count = await link.Server.ReceiveAsync(buffer, cancellation)) > 0;)
        {
            if (link.Cut is null)
            {
                await link.Client.SendAsync(buffer.AsMemory(0, count), cancellation);
            }
            else if (link.Cut == Cut.BeforeAnswer && buffer[count - 6] == (byte)'Z')
            {
                // ReadyForQuery: everything asked has been done.
                return;
            }
        }
    }

    // Disarms: one cut an arming.
    private Cut? Take(ReadOnlySpan<byte> request)
    {
        lock (_gate)
        {
            if (_armed is not { } armed || request.IndexOf(armed.Mark) < 0)
            {
                return null;
            }

            _armed = null;
            Volatile.Write(ref _isRefusing, armed.IsLast);
            Interlocked.Increment(ref _cuts);
            return armed.Cut;
        }
    }

    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            // The other direction has ended it.
        }
    }

    private sealed class Link(Socket client, Socket server)
    {
        public Socket Client { get; } = client;

        public Socket Server { get; } = server;

        public Cut? Cut { get; set; }
    }
}

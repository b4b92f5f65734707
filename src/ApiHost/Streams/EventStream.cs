using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;

namespace Stk.ApiHost.Streams;

/// <summary>
/// Server-sent events, one after the other. There is one loop a connection, which asks for the next event when the last has
/// been taken: a slow client costs no queue.
/// </summary>
internal sealed class EventStream(
    IHostApplicationLifetime host, TimeProvider time, IOptions<StreamOptions> options, ILogger<EventStream> logger)
{
    /// <summary>
    /// What the kernel keeps for a client that does not read. By itself it would let this grow to megabytes a stream, where
    /// states of an hour wait and a client that has gone to sleep is never noticed. Unit: bytes.
    /// </summary>
    private const int SendBufferBytes = 16_384;

    private static readonly byte[] Retry = "retry: 1000\n\n"u8.ToArray();
    private static readonly byte[] Heartbeat = ":\n\n"u8.ToArray();

    private readonly StreamOptions _options = options.Value;

    /// <summary>
    /// Ends with the client, the token or the host; to HEAD at once, with what GET's answer would begin with.
    /// </summary>
    /// <param name="until">When the token ends, and the stream with it.</param>
    /// <param name="first">What is sent at once; null: nothing.</param>
    /// <param name="next">The next event, however long it takes; given a token that fires when nobody waits for it.</param>
    /// <param name="revoked">Fires where the token ends before its time.</param>
    public async Task Send(
        HttpContext context, DateTimeOffset until, byte[]? first, Func<CancellationToken, Task<byte[]>> next,
        CancellationToken revoked)
    {
        context.Response.ContentType = "text/event-stream";
        // A proxy that collects an answer before it passes it on would make of this a very slow one.
        context.Response.Headers["X-Accel-Buffering"] = "no";
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(
            context.RequestAborted, host.ApplicationStopping, revoked);
        using var expiry = time.CreateTimer(
            Cancel, end, Remaining(until), Timeout.InfiniteTimeSpan);
        if (context.Features.Get<IConnectionSocketFeature>() is { Socket: var socket })
        {
            socket.SendBufferSize = SendBufferBytes;
        }

        try
        {
            await Write(context, Retry, end.Token);
            if (first is not null)
            {
                await Write(context, first, end.Token);
            }

            while (true)
            {
                await Write(context, await Awaited(context, next(end.Token), end.Token), end.Token);
                await Task.Delay(_options.Pause, time, end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The client has gone, the host stops or the token has ended: whoever is still there comes again.
        }
        catch (Exception exception)
        {
            // The client reads an end, and comes again with what it has seen.
            Log.StreamEnded(logger, exception.GetType().Name);
        }
    }

    // Says meanwhile that the stream is alive.
    private async Task<byte[]> Awaited(HttpContext context, Task<byte[]> next, CancellationToken end)
    {
        next.Ignore();
        while (true)
        {
            end.ThrowIfCancellationRequested();
            if (await Task.WhenAny(next, Task.Delay(_options.Heartbeat, time, end)) == next)
            {
                return await next;
            }

            end.ThrowIfCancellationRequested();
            await Write(context, Heartbeat, end);
        }
    }

    private async Task Write(HttpContext context, ReadOnlyMemory<byte> bytes, CancellationToken end)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(end);
        using var timer = time.CreateTimer(Cancel, patience, _options.WritePatience, Timeout.InfiniteTimeSpan);
        try
        {
            await context.Response.BodyWriter.WriteAsync(bytes, patience.Token);
        }
        catch (OperationCanceledException) when (!end.IsCancellationRequested)
        {
            // It takes nothing: what is written to it already would keep its memory until it does.
            context.Abort();
            throw;
        }
    }

    private TimeSpan Remaining(DateTimeOffset until)
    {
        var left = until - time.GetUtcNow();
        return left > TimeSpan.Zero ? left < TimeSpan.FromDays(40) ? left : TimeSpan.FromDays(40) : TimeSpan.Zero;
    }

    private static void Cancel(object? source) => ((CancellationTokenSource)source!).Cancel(); // Set where it is used.
}

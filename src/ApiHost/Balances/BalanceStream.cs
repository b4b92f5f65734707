using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;
using Stk.ApiHost.Cluster;
using Stk.GrainInterfaces.Faults;
using Stk.GrainInterfaces.Participants;

namespace Stk.ApiHost.Balances;

/// <summary>
/// A participant's balance as server-sent events, one for each state that it is seen in. There is one loop a connection,
/// which asks for the next state when the last has been taken: a slow client misses states, never the last, and costs no
/// queue.
/// </summary>
internal sealed class BalanceStream(
    GrainCalls calls, IHostApplicationLifetime host, TimeProvider time, IOptions<StreamOptions> options,
    ILogger<BalanceStream> logger)
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
    /// <param name="seen">The last event that the client has had; null sends the state as it is first.</param>
    /// <param name="until">When the token ends, and the stream with it.</param>
    /// <param name="revoked">Fires where the token ends before its time.</param>
    public async Task Send(
        HttpContext context, string participant, long? seen, DateTimeOffset until, CancellationToken revoked)
    {
        // Before anything is sent: a cluster that does not answer is a problem, not a stream.
        var first = await First(participant, seen, context.RequestAborted);
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
            var last = seen ?? -1;
            if (first is not null)
            {
                await Write(context, Event(first), end.Token);
                last = first.ChangedIn;
            }

            await Follow(context, participant, last, end.Token);
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

    /// <summary>
    /// The state to begin with: now's for a new client, what one that comes again has missed; null for nothing.
    /// </summary>
    private async Task<BalanceReply?> First(string participant, long? seen, CancellationToken end) => seen is { } last
        ? await Missed(participant, last, end)
        : await calls.Read(grains => grains.GetGrain<IHolderGrain>(participant).GetBalance().AsTask(), end);

    /// <summary>
    /// What is newer than an event, or what is now where the journal does not reach that event: it was never sent from here,
    /// or the data were set back, and nothing newer would ever come. Null where neither is known.
    /// </summary>
    private async Task<BalanceReply?> Missed(string participant, long last, CancellationToken end)
    {
        try
        {
            var state = await calls.Read(
                (grains, attempt) => grains.GetGrain<IHolderGrain>(participant).GetBalanceAt(last, attempt), end);
            return state.IsSequenceUnknown || state.ChangedIn > last ? state : null;
        }
        catch (ClusterBusyException)
        {
            // A silo that has not heard of it yet cannot tell.
            return null;
        }
    }

    private async Task Follow(HttpContext context, string participant, long last, CancellationToken end)
    {
        while (true)
        {
            var state = await Newer(context, participant, last, end);
            await Write(context, Event(state), end);
            last = state.ChangedIn;
            await Task.Delay(_options.Pause, time, end);
        }
    }

    /// <summary>The next state after a commit, however long it takes; says meanwhile that the stream is alive.</summary>
    private async Task<BalanceReply> Newer(HttpContext context, string participant, long last, CancellationToken end)
    {
        var silentSince = time.GetTimestamp();
        var answer = Ask(participant, last, end);
        while (true)
        {
            end.ThrowIfCancellationRequested();
            var silence = _options.Heartbeat - time.GetElapsedTime(silentSince);
            var heartbeat = Task.Delay(silence > TimeSpan.Zero ? silence : TimeSpan.Zero, time, end);
            if (await Task.WhenAny(answer, heartbeat) == heartbeat)
            {
                await Write(context, Heartbeat, end);
                silentSince = time.GetTimestamp();
                continue;
            }

            var state = await answer;
            if (state.ChangedIn > last)
            {
                return state;
            }

            // Nothing new, or a silo that has not heard of it yet, whose past is not the client's future; unless there is no
            // such commit any more.
            if (state.Sequence < last && await Missed(participant, last, end) is { } now)
            {
                return now;
            }

            answer = Ask(participant, last, end);
        }
    }

    private Task<BalanceReply> Ask(string participant, long last, CancellationToken end) =>
        calls.Read(grains => grains.GetGrain<IHolderGrain>(participant).GetBalanceAfter(last, end), end);

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

    private static byte[] Event(BalanceReply balance)
    {
        var text = new ArrayBufferWriter<byte>(256);
        text.Write(System.Text.Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"event: balance\nid: {balance.ChangedIn}\ndata: ")));
        using (var json = new Utf8JsonWriter(text))
        {
            JsonSerializer.Serialize(json, BalanceView.Of(balance), BalanceJson.Default.BalanceView);
        }

        text.Write("\n\n"u8);
        return text.WrittenSpan.ToArray();
    }
}

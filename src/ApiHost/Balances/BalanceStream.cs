using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Streams;
using Stk.GrainInterfaces.Faults;
using Stk.GrainInterfaces.Participants;

namespace Stk.ApiHost.Balances;

/// <summary>
/// A participant's balance as server-sent events, one for each state that it is seen in. The next state is asked for when
/// the last has been taken: a slow client misses states, never the last, and costs no queue.
/// </summary>
internal sealed class BalanceStream(GrainCalls calls, EventStream stream)
{
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
        var last = first?.ChangedIn ?? seen ?? -1;
        await stream.Send(
            context, until, first is null ? null : Event(first),
            async end =>
            {
                var state = await Newer(participant, last, end);
                last = state.ChangedIn;
                return Event(state);
            },
            revoked);
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

    /// <summary>The next state after a commit, however long it takes.</summary>
    private async Task<BalanceReply> Newer(string participant, long last, CancellationToken end)
    {
        while (true)
        {
            var state = await calls.Read(
                grains => grains.GetGrain<IHolderGrain>(participant).GetBalanceAfter(last, end), end);
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
        }
    }

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

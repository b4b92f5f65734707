using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Stk.ApiHost.Cluster;
using Stk.ApiHost.Streams;
using Stk.GrainInterfaces.Notices;

namespace Stk.ApiHost.Notices;

/// <summary>
/// How much of a participant's inbox is unread, as server-sent events: one for each state that it is seen in. What is new is
/// read from the inbox itself. It looks every few seconds: most notices are written for everybody at once, and nobody waits
/// for one as for a balance.
/// </summary>
internal sealed class NoticeStream(
    GrainCalls calls, EventStream stream, TimeProvider time, IOptions<StreamOptions> options)
{
    public async Task Send(
        HttpContext context, string participant, string? seen, DateTimeOffset until, CancellationToken revoked)
    {
        // Before anything is sent: a cluster that does not answer is a problem, not a stream.
        var first = await State(participant, context.RequestAborted);
        var last = Id(first);
        await stream.Send(
            context, until, last == seen ? null : Event(first),
            async end =>
            {
                while (true)
                {
                    await Task.Delay(options.Value.Look, time, end);
                    var state = await State(participant, end);
                    if (Id(state) != last)
                    {
                        last = Id(state);
                        return Event(state);
                    }
                }
            },
            revoked);
    }

    private Task<InboxState> State(string participant, CancellationToken cancellation) => calls.Read(
        (grains, attempt) => grains.GetGrain<INoticesGrain>(participant).GetState(attempt), cancellation);

    private static string Id(InboxState state) =>
        string.Create(CultureInfo.InvariantCulture, $"{state.Unread}.{state.Latest:N}");

    private static byte[] Event(InboxState state)
    {
        var text = new ArrayBufferWriter<byte>(256);
        text.Write(Encoding.ASCII.GetBytes($"event: notices\nid: {Id(state)}\ndata: "));
        using (var json = new Utf8JsonWriter(text))
        {
            JsonSerializer.Serialize(json, new(state.Unread, state.Latest), NoticeJson.Default.InboxStateView);
        }

        text.Write("\n\n"u8);
        return text.WrittenSpan.ToArray();
    }
}

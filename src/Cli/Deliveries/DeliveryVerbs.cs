using System.CommandLine;
using System.Globalization;
using Stk.Cli.Api;
using Stk.Client.Deliveries;

namespace Stk.Cli.Deliveries;

/// <summary>The verb <c>deliveries</c>.</summary>
internal static class DeliveryVerbs
{
    private static readonly string[] Channels = ["email", "discourse", "webhook"];

    public static Command Make(ApiVerbs verbs) => new("deliveries", "What is sent beside the inbox, and what could not be.")
    {
        Status(verbs), Dead(verbs), Retry(verbs), Pause(verbs, "pause", isPaused: true, "Lets nothing out of a channel."),
        Pause(verbs, "resume", isPaused: false, "Lets a channel go on."),
    };

    private static Command Status(ApiVerbs verbs) => verbs.Reading(
        "status", "How each channel stands.", ApiVerbs.Operator, [], async call =>
            await call.ShowAll(
                await call.Client.Deliveries.Channels(call.Cancellation),
                items => Table.Of(
                    [
                        "channel", "state", ">a second", ">waiting", ">due", "oldest", ">dead", ">delivered in a day",
                        ">given up",
                    ],
                    items, figures =>
                    [
                        figures.Channel, State(figures), figures.PerSecond.ToString(CultureInfo.InvariantCulture),
                        TerminalText.Of(figures.Waiting), TerminalText.Of(figures.Due),
                        figures.OldestDue is { } oldest ? TerminalText.Of(oldest) : "-", TerminalText.Of(figures.Dead),
                        TerminalText.Of(figures.LastDay.Delivered), TerminalText.Of(figures.LastDay.GivenUp),
                    ])));

    private static Command Dead(ApiVerbs verbs)
    {
        var channel = new Option<string?>("--channel") { Description = "email, discourse or webhook (default: all)." }
            .AcceptOnlyFromAmong(Channels);
        var limit = Values.Limit();
        return verbs.Reading(
            "dead", "What could not be delivered, newest first.", ApiVerbs.Operator, [channel, limit], async call =>
            {
                var dead = await call.Client.Deliveries.Dead(call.Value(channel), call.Cancellation)
                    .Take(call.Value(limit)).ToListAsync(call.Cancellation);
                await call.ShowAll(dead, items => Table.Of(
                    ["notice", "channel", "participant", "kind", ">attempts", "reason", "ended"], items, delivery =>
                    [
                        delivery.Notice.ToString(), delivery.Channel, delivery.Participant, delivery.Kind,
                        TerminalText.Of(delivery.Attempts), delivery.Reason, TerminalText.Of(delivery.EndedAt),
                    ]));
            });
    }

    private static Command Retry(ApiVerbs verbs)
    {
        var notice = Values.Id("notice", "Which; deliveries dead shows it.");
        var channel = Channel();
        var reason = Values.Reason();
        return verbs.Writing(
            "retry", "Tries something again that could not be delivered.", ApiVerbs.Operator, [notice, channel, reason],
            async call => await call.Write(
                key => call.Client.Deliveries.Retry(
                    call.Value(notice), call.Value(channel), call.Required(reason), key, call.Cancellation),
                retried => $"{retried.Notice} on {retried.Channel} is {retried.State}",
                retried => Table.OfFields(("state", retried.State))));
    }

    private static Command Pause(ApiVerbs verbs, string verb, bool isPaused, string description)
    {
        var channel = Channel();
        var reason = Values.Reason();
        return verbs.Writing(verb, description, ApiVerbs.Operator, [channel, reason], async call => await call.Write(
            key => call.Client.Deliveries.Pause(
                call.Value(channel), isPaused, call.Required(reason), key, call.Cancellation),
            paused => $"{paused.Channel} {(paused.Paused ? "is paused" : "goes on")}",
            paused => Table.OfFields(("channel", paused.Channel), ("paused", paused.Paused ? "yes" : "no"))));
    }

    private static Argument<string> Channel() =>
        Values.Text("channel", "email, discourse or webhook.").AcceptOnlyFromAmong(Channels);

    private static string State(ChannelFigures figures) =>
        !figures.Configured ? "none" : figures.Paused ? "paused" : "open";
}

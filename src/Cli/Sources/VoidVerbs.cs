using System.CommandLine;
using Stk.Cli.Api;
using Stk.Cli.Approvals;

namespace Stk.Cli.Sources;

/// <summary>The verb <c>sources void</c>.</summary>
internal static class VoidVerbs
{
    public static Command Make(ApiVerbs verbs) => new("void", "Events that count as if they had never been sent.")
    {
        List(verbs), Ask(verbs), Lift(verbs),
    };

    private static Command List(ApiVerbs verbs)
    {
        var name = Values.Text("name", "The source.");
        return verbs.Reading("list", "What is void, newest first.", ApiVerbs.Auditor, [name], async call =>
            await call.ShowAll(await call.Client.Sources.Voids(call.Value(name), call.Cancellation), items => Table.Of(
                ["id", "received from", "received to", "types", "reason", "lifted"], items, one =>
                [
                    one.Id.ToString(), TerminalText.Of(one.ReceivedFrom), TerminalText.Of(one.ReceivedTo),
                    one.Types is { } types ? string.Join(", ", types) : "all", one.Reason,
                    one.LiftedAt is { } at ? TerminalText.Of(at) : "-",
                ])));
    }

    private static Command Ask(ApiVerbs verbs)
    {
        var name = Values.Text("name", "The source.");
        var from = Values.InstantArgument("from", "The first instant of when they were received.");
        var to = Values.InstantArgument("to", "The end of it, which is not in it.");
        var types = new Option<string[]?>("--type")
        {
            Description = "Only events of this type; may be named several times.",
            AllowMultipleArgumentsPerToken = true,
        };
        var reason = Values.Reason();
        return verbs.Asking(
            "ask", "Asks that events count as if never sent; another person must approve.", ApiVerbs.Operator,
            [name, from, to, types, reason], async call =>
            {
                await call.Confirm(
                    $"Take out what {call.Value(name)} sent from {TerminalText.Of(call.Value(from))} to "
                    + $"{TerminalText.Of(call.Value(to))}, whoever's it is?");
                await call.Write(
                    key => call.Client.Sources.Void(
                        call.Value(name), call.Value(from), call.Value(to),
                        call.Value(types) is { Length: > 0 } named ? named : null, call.Required(reason), key,
                        call.Cancellation),
                    ApprovalVerbs.Done, ApprovalVerbs.Fields);
            });
    }

    private static Command Lift(ApiVerbs verbs)
    {
        var name = Values.Text("name", "The source.");
        var id = Values.Id("id", "What is void.");
        var reason = Values.Reason();
        return verbs.Writing(
            "lift", "Asks that they count again where no week is sealed; another person must approve.", ApiVerbs.Operator,
            [name, id, reason],
            async call => await call.Write(
                key => call.Client.Sources.LiftVoid(
                    call.Value(name), call.Value(id), call.Required(reason), key, call.Cancellation),
                ApprovalVerbs.Done, ApprovalVerbs.Fields));
    }
}

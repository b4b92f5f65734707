using System.CommandLine;
using Stk.Cli.Api;
using Stk.Rules.Sources;

namespace Stk.Cli.Sources;

/// <summary>The verb <c>sources quarantine</c>.</summary>
internal static class QuarantineVerbs
{
    public static Command Make(ApiVerbs verbs) => new("quarantine", "Events that were not taken in, and are kept.")
    {
        List(verbs), Replay(verbs), Delete(verbs),
    };

    private static Command List(ApiVerbs verbs)
    {
        var name = Values.Text("name", "The source.");
        var reason = Of("--of", "Only those of this reason.");
        var limit = Values.Limit();
        return verbs.Reading("list", "What is kept, newest first.", ApiVerbs.Auditor, [name, reason, limit], async call =>
        {
            var kept = await call.Client.Sources.Quarantine(call.Value(name), call.Value(reason), call.Cancellation)
                .Take(call.Value(limit)).ToListAsync(call.Cancellation);
            await call.ShowAll(kept, items => Table.Of(
                ["id", "uuid", "reason", "field", "received", "payload"], items, one =>
                [
                    one.Id.ToString(), one.Uuid?.ToString() ?? "-", one.Reason, one.Field ?? "-",
                    TerminalText.Of(one.ReceivedAt), one.Payload,
                ]));
        });
    }

    private static Command Replay(ApiVerbs verbs)
    {
        var (name, ids, reason, why) = Which();
        return verbs.Writing(
            "replay", "Sends some through intake as if they came now.", ApiVerbs.Operator, [name, ids, reason, why],
            async call => await call.Write(
                key => call.Client.Sources.Replay(
                    call.Value(name), Ids(call.Value(ids)), call.Value(reason), call.Required(why), key, call.Cancellation),
                replayed => $"{replayed.Count} were sent through intake",
                replayed => Table.Of(
                    ["id", "outcome", "field", "rule"], replayed.Items, one =>
                    [one.Id.ToString(), one.Outcome, one.Field ?? "-", one.Rule ?? "-"])));
    }

    private static Command Delete(ApiVerbs verbs)
    {
        var (name, ids, reason, why) = Which();
        return verbs.Asking(
            "delete", "Lets some go for ever.", ApiVerbs.Operator, [name, ids, reason, why], async call =>
            {
                await call.Confirm($"Let events of {call.Value(name)} go for ever?");
                await call.Write(
                    key => call.Client.Sources.Drop(
                        call.Value(name), Ids(call.Value(ids)), call.Value(reason), call.Required(why), key,
                        call.Cancellation),
                    dropped => $"{dropped.Count} were let go",
                    dropped => Table.OfFields(("let go", TerminalText.Of(dropped.Count))));
            });
    }

    private static (Argument<string> Name, Option<Guid[]?> Ids, Option<string?> Reason, Option<string> Why) Which() => (
        Values.Text("name", "The source."),
        new("--id") { Description = "Which; may be named several times.", AllowMultipleArgumentsPerToken = true },
        Of("--of", "In place of ids: all of this reason, up to 1,000."),
        Values.Reason());

    private static Option<string?> Of(string name, string description) => new Option<string?>(name)
    {
        Description = $"{description} {string.Join(", ", QuarantineReasons.All)}.",
    }.AcceptOnlyFromAmong([.. QuarantineReasons.All]);

    private static Guid[]? Ids(Guid[]? named) => named is { Length: > 0 } ? named : null;
}

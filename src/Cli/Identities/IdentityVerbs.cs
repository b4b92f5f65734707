using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.Identities;

namespace Stk.Cli.Identities;

/// <summary>The verb <c>identities</c>.</summary>
internal static class IdentityVerbs
{
    public static Command Make(ApiVerbs verbs) => new("identities", "Whose the ids are that sources send.")
    {
        Of(verbs), Show(verbs), Link(verbs), Unlink(verbs), Merges(verbs), MergeTwo(verbs), Undo(verbs),
    };

    private static Command Of(ApiVerbs verbs)
    {
        var participant = Values.Text("participant", "Whose ids.");
        return verbs.Reading("of", "A participant's ids.", ApiVerbs.Auditor, [participant], async call =>
        {
            var own = await call.Client.Identities.Of(call.Value(participant), call.Cancellation);
            await call.ShowAll(own, items => Table.Of(["namespace", "id", "participant", "since"], items, one =>
            [
                one.Namespace.Length == 0 ? "-" : one.Namespace, one.Id, one.Participant,
                one.LinkedAt is { } at ? TerminalText.Of(at) : "-",
            ]));
        });
    }

    private static Command Show(ApiVerbs verbs)
    {
        var (id, ofNamespace) = Which();
        return verbs.Reading("show", "Whose an id is.", ApiVerbs.Auditor, [id, ofNamespace], async call =>
            await call.Show(
                await call.Client.Identities.Find(call.Value(ofNamespace), call.Value(id), call.Cancellation), Fields));
    }

    private static Command Link(ApiVerbs verbs)
    {
        var (id, ofNamespace) = Which();
        var participant = Values.Text("participant", "Whose it is from now on.");
        var reason = Values.Reason();
        return verbs.Writing(
            "link", "Says whose an id is, in every week that is not sealed.", ApiVerbs.Operator,
            [id, participant, ofNamespace, reason],
            async call => await call.Write(
                key => call.Client.Identities.Link(
                    call.Value(ofNamespace), call.Value(id), call.Value(participant), call.Required(reason), key,
                    call.Cancellation),
                linked => $"{linked.Id} belongs to {linked.Participant}", Fields));
    }

    private static Command Unlink(ApiVerbs verbs)
    {
        var (id, ofNamespace) = Which();
        var reason = Values.Reason();
        return verbs.Writing(
            "unlink", "Makes an id its own again, in every week that is not sealed.", ApiVerbs.Operator,
            [id, ofNamespace, reason],
            async call => await call.Write(
                key => call.Client.Identities.Link(
                    call.Value(ofNamespace), call.Value(id), null, call.Required(reason), key, call.Cancellation),
                linked => $"{linked.Id} is its own", Fields));
    }

    private static Command Merges(ApiVerbs verbs) => verbs.Reading(
        "merges", "Participants who were made one, newest first.", ApiVerbs.Auditor, [], async call =>
            await call.ShowAll(await call.Client.Identities.Merges(call.Cancellation), items => Table.Of(
                ["id", "from", "into", "ids", "since", "undone"], items, one =>
                [
                    one.Id.ToString(), one.From, one.Into, TerminalText.Of(one.Ids), TerminalText.Of(one.At),
                    one.UndoneAt is { } at ? TerminalText.Of(at) : "-",
                ])));

    private static Command MergeTwo(ApiVerbs verbs)
    {
        var from = Values.Text("from", "An id of who was never paid.");
        var into = Values.Text("into", "An id of who stays.");
        var reason = Values.Reason();
        return verbs.Writing(
            "merge", "Makes all ids of one participant another's.", ApiVerbs.Operator, [from, into, reason],
            async call => await call.Write(
                key => call.Client.Identities.Merge(
                    call.Value(from), call.Value(into), call.Required(reason), key, call.Cancellation),
                merged => $"{merged.From} is {merged.Into}", Fields));
    }

    private static Command Undo(ApiVerbs verbs)
    {
        var id = Values.Id("id", "The merge.");
        var reason = Values.Reason();
        return verbs.Writing(
            "undo", "Gives each its own ids again, in every week that is not sealed.", ApiVerbs.Operator, [id, reason],
            async call => await call.Write(
                key => call.Client.Identities.UndoMerge(call.Value(id), call.Required(reason), key, call.Cancellation),
                undone => $"{undone.From} and {undone.Into} are two", Fields));
    }

    private static Table Fields(Merge merge) => Table.OfFields(
        ("id", merge.Id.ToString()), ("from", merge.From), ("into", merge.Into), ("ids", TerminalText.Of(merge.Ids)),
        ("reason", merge.Reason), ("by", merge.By));

    private static (Argument<string> Id, Option<string?> Namespace) Which() => (
        Values.Text("id", "The id, as its source sends it."),
        new("--namespace") { Description = "Whose id it is (default: the common ones)." });

    private static Table Fields(Identity identity) => Table.OfFields(
        ("namespace", identity.Namespace.Length == 0 ? "-" : identity.Namespace), ("id", identity.Id),
        ("participant", identity.Participant),
        ("since", identity.LinkedAt is { } at ? TerminalText.Of(at) : null), ("reason", identity.Reason),
        ("by", identity.By));
}

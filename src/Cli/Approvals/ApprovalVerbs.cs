using System.CommandLine;
using System.Text.Json;
using Stk.Cli.Api;
using Stk.Client.Approvals;

namespace Stk.Cli.Approvals;

/// <summary>The verb <c>approvals</c>.</summary>
internal static class ApprovalVerbs
{
    public static Command Make(ApiVerbs verbs) => new("approvals", "What takes two persons.")
    {
        List(verbs), Show(verbs), Approve(verbs), Reject(verbs),
    };

    /// <summary>Approves, by whichever verb: asks first about what waits.</summary>
    public static Command Approve(ApiVerbs verbs)
    {
        var id = Values.Id("id", "What waits; approvals list shows it.");
        var reason = Values.Reason();
        return verbs.Asking(
            "approve", "Approves, as another person than who asked, and does it.", ApiVerbs.Operator, [id, reason], async call =>
            {
                var waiting = await call.Client.Approvals.Get(call.Value(id), call.Cancellation);
                await call.Confirm(
                    $"{waiting.Act}",
                    $"Approve this {waiting.Kind} ({waiting.Reason}), asked by {waiting.AskedBy}?");
                await call.Write(
                    key => call.Client.Approvals.Approve(call.Value(id), call.Required(reason), key, call.Cancellation),
                    Done, Fields);
            });
    }

    public static string Done(Approval approval) => $"{approval.Kind} {approval.Id} is {approval.State}";

    public static Table Fields(Approval approval) => Table.OfFields(
    [
        ("state", approval.State == "waiting" ? "waiting for a second operator" : approval.State), ("kind", approval.Kind),
        .. Members(approval.Act), ("reason", approval.Reason),
        ("asked", $"{TerminalText.Of(approval.AskedAt)} by {approval.AskedBy}"),
        ("decided", approval.DecidedAt is { } at ? $"{TerminalText.Of(at)} by {approval.DecidedBy}" : null),
        ("because", approval.DecidedReason),
        ("expires", approval.State == "waiting" ? TerminalText.Of(approval.ExpiresAt) : null), ("note", approval.Note),
        ("id", approval.Id.ToString()),
    ]);

    // A document of its own is shown by --json.
    private static IEnumerable<(string, string?)> Members(JsonElement act) => act.ValueKind == JsonValueKind.Object
        ? act.EnumerateObject()
            .Where(member =>
                member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array or JsonValueKind.Null))
            .Select(member => (member.Name, (string?)member.Value.ToString()))
        : [];

    private static Command List(ApiVerbs verbs)
    {
        var state = new Option<string?>("--state") { Description = "Only these (default: waiting); all for every one." }
            .AcceptOnlyFromAmong("waiting", "approved", "rejected", "expired", "all");
        var limit = Values.Limit();
        return verbs.Reading("list", "What waits for a second person, newest first.", ApiVerbs.Auditor, [state, limit], async call =>
        {
            var asked = call.Value(state) ?? "waiting";
            var approvals = await call.Client.Approvals.List(asked == "all" ? null : asked, call.Cancellation)
                .Take(call.Value(limit)).ToListAsync(call.Cancellation);
            await call.ShowAll(approvals, items => Table.Of(
                ["id", "state", "kind", "asked", "by", "decided by", "reason"], items, approval =>
                [
                    approval.Id.ToString(), approval.State, approval.Kind, TerminalText.Of(approval.AskedAt),
                    approval.AskedBy, approval.DecidedBy, approval.Reason,
                ]));
        });
    }

    private static Command Show(ApiVerbs verbs)
    {
        var id = Values.Id("id", "What waits, or has waited.");
        return verbs.Reading("show", "One act that takes two persons.", ApiVerbs.Auditor, [id], async call =>
            await call.Show(await call.Client.Approvals.Get(call.Value(id), call.Cancellation), Fields));
    }

    private static Command Reject(ApiVerbs verbs)
    {
        var id = Values.Id("id", "What waits.");
        var reason = Values.Reason();
        return verbs.Writing("reject", "Rejects what waits.", ApiVerbs.Operator, [id, reason], async call =>
            await call.Write(
                key => call.Client.Approvals.Reject(call.Value(id), call.Required(reason), key, call.Cancellation),
                Done, Fields));
    }
}

using System.CommandLine;
using Stk.Cli.Api;
using Stk.Cli.Approvals;
using Stk.Client.Operators;

namespace Stk.Cli.Operators;

/// <summary>The verb <c>operators</c>.</summary>
internal static class OperatorVerbs
{
    public static Command Make(ApiVerbs verbs) => new("operators", "Operators and auditors, and which person each is.")
    {
        List(verbs), Add(verbs), End(verbs), Confirm(verbs), ApprovalVerbs.Approve(verbs),
    };

    private static Command List(ApiVerbs verbs) =>
        verbs.Reading("list", "The register, in the order entered.", ApiVerbs.Auditor, [], async call =>
            await call.ShowAll(await call.Client.Operators.List(call.Cancellation), items => Table.Of(
                ["subject", "role", "person", "participant", "since", "until", "in force"], items, one =>
                [
                    one.Subject, one.Role, one.Person, one.Participant, TerminalText.Of(one.Since),
                    (one.EndedAt ?? one.Until) is { } until ? TerminalText.Of(until) : null,
                    !one.InForce ? "no" : one.Confirmed ? "yes" : "to be confirmed",
                ])));

    private static Command Add(ApiVerbs verbs)
    {
        var subject = Values.Text("subject", "The token's subject.");
        var role = Role();
        var person = new Option<string?>("--person")
        {
            Description = "Who it is: the same name as another entry's is the same person (default: the subject).",
        };
        var participant = new Option<string?>("--participant") { Description = "The person's id as a participant, where they are one." };
        var until = Values.Instant("--until", "When it ends by itself (default: never).");
        var reason = Values.Reason();
        return verbs.Asking(
            "add", "Asks that somebody is entered; another person must approve.", ApiVerbs.Operator,
            [subject, role, person, participant, until, reason], async call =>
            {
                var order = new OperatorOrder(
                    call.Value(subject), call.Required(role), call.Value(person) ?? call.Value(subject),
                    call.Required(reason), call.Value(participant), Until: call.Value(until));
                await call.Confirm($"Enter {order.Subject} as {order.Role}, the person {order.Person}?");
                await call.Write(
                    key => call.Client.Operators.Add(order, key, call.Cancellation),
                    ApprovalVerbs.Done, ApprovalVerbs.Fields);
            });
    }

    private static Command End(ApiVerbs verbs)
    {
        var subject = Values.Text("subject", "The token's subject.");
        var role = Role();
        var reason = Values.Reason();
        return verbs.Asking(
            "end", "Asks that an entry ends; another person must approve.", ApiVerbs.Operator, [subject, role, reason],
            async call =>
            {
                await call.Confirm($"End {call.Value(subject)} as {call.Required(role)}?");
                await call.Write(
                    key => call.Client.Operators.End(
                        call.Value(subject), call.Required(role), call.Required(reason), key, call.Cancellation),
                    ApprovalVerbs.Done, ApprovalVerbs.Fields);
            });
    }

    private static Command Confirm(ApiVerbs verbs)
    {
        var subject = Values.Text("subject", "The subject of an operator who was taken over from an earlier build.");
        var reason = Values.Reason();
        return verbs.Asking(
            "confirm", "Confirms, as another person, an operator who was taken over from an earlier build.",
            ApiVerbs.Operator, [subject, reason], async call =>
            {
                await call.Confirm($"Confirm that {call.Value(subject)} is an operator, and another person than you?");
                await call.Write(
                    key => call.Client.Operators.Confirm(
                        call.Value(subject), call.Required(reason), key, call.Cancellation),
                    _ => $"operator {call.Value(subject)}",
                    one => Table.OfFields(
                        ("subject", one.Subject), ("role", one.Role), ("person", one.Person),
                        ("confirmed", one.Confirmed ? "yes" : "no")));
            });
    }

    private static Option<string> Role() => new Option<string>("--role")
    {
        Description = "operator or auditor.",
        Required = true,
    }.AcceptOnlyFromAmong("operator", "auditor");
}

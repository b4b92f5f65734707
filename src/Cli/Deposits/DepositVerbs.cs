using System.CommandLine;
using Stk.Cli.Api;
using Stk.Cli.Approvals;

namespace Stk.Cli.Deposits;

/// <summary>The verbs of <c>wallet</c> and of <c>settlement</c> that are about what comes back.</summary>
internal static class DepositVerbs
{
    private static readonly string[] States = ["credited", "suspense", "assigned", "returning", "returned"];

    public static Command List(ApiVerbs verbs)
    {
        var participant = Values.Participant();
        var limit = Values.Limit();
        return verbs.Reading(
            "deposits", "What has come back from wallets, newest first.", ApiVerbs.Participant, [participant, limit],
            async call =>
            {
                var deposits = await call.Client.Deposits.List(call.Value(participant), call.Cancellation)
                    .Take(call.Value(limit)).ToListAsync(call.Cancellation);
                await call.ShowAll(deposits, items => Table.Of(
                    [">amount", "from", "memo", "at", "signature"], items, deposit =>
                    [
                        deposit.Amount.ToString(), deposit.From ?? "-", deposit.Memo ?? "-", TerminalText.Of(deposit.At),
                        deposit.Signature,
                    ]));
            });
    }

    public static Command ListAll(ApiVerbs verbs)
    {
        var state = new Option<string?>("--state") { Description = $"Only these: {string.Join(", ", States)}." }
            .AcceptOnlyFromAmong(States);
        var limit = Values.Limit();
        return verbs.Reading(
            "deposits", "What has arrived from outside, newest first.", ApiVerbs.Auditor, [state, limit], async call =>
            {
                var arrivals = await call.Client.Deposits.ListAll(call.Value(state), call.Cancellation)
                    .Take(call.Value(limit)).ToListAsync(call.Cancellation);
                await call.ShowAll(arrivals, items => Table.Of(
                    ["id", "state", ">amount", "to", "from", "memo", "at", "signature"], items, arrival =>
                    [
                        arrival.Id.ToString(), arrival.State, arrival.Amount.ToString(), arrival.To ?? "-",
                        arrival.From ?? "-", arrival.Memo ?? "-", TerminalText.Of(arrival.At), arrival.Signature,
                    ]));
            });
    }

    public static Command Assign(ApiVerbs verbs)
    {
        var id = Values.Id("id", "As deposits --state suspense shows it.");
        var to = Values.Text("to", "The participant whose it is.");
        var reason = Values.Reason();
        return verbs.Asking(
            "assign", "Says whose something in suspense is. It takes two persons, who say the same.", ApiVerbs.Operator,
            [id, to, reason], async call =>
            {
                await call.Confirm($"Credit deposit {call.Value(id)} to {call.Value(to)}?");
                await call.Write(
                    key => call.Client.Deposits.Assign(
                        call.Value(id), call.Value(to), call.Required(reason), key, call.Cancellation),
                    ApprovalVerbs.Done, ApprovalVerbs.Fields);
            });
    }

    public static Command SendBack(ApiVerbs verbs)
    {
        var id = Values.Id("id", "As deposits --state suspense shows it.");
        var reason = Values.Reason();
        return verbs.Asking(
            "return", "Sends something in suspense back to whom it came from. It takes two persons, and then the vault's key.",
            ApiVerbs.Operator, [id, reason], async call =>
            {
                await call.Confirm($"Send deposit {call.Value(id)} back to whom it came from?");
                await call.Write(
                    key => call.Client.Deposits.SendBack(call.Value(id), call.Required(reason), key, call.Cancellation),
                    approval => approval.State == "approved"
                        ? $"act {approval.Id} waits for the vault's key: chain sign {approval.Id}"
                        : ApprovalVerbs.Done(approval),
                    ApprovalVerbs.Fields);
            });
    }
}

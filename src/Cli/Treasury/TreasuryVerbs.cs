using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.Treasury;
using Stk.Rules.Treasury;

namespace Stk.Cli.Treasury;

/// <summary>The verb <c>treasury</c>.</summary>
internal static class TreasuryVerbs
{
    public static Command Make(ApiVerbs verbs) => new("treasury", "The funds, and what is spent from them.")
    {
        Funds(verbs), List(verbs), Spend(verbs), Approve(verbs), Reject(verbs),
    };

    private static Command Funds(ApiVerbs verbs) =>
        verbs.Reading("funds", "What each fund holds.", ApiVerbs.Auditor, [], async call =>
        {
            var supply = await call.Client.Statistics.GetSupply(call.Cancellation);
            await call.ShowAll(supply.Funds, items => Table.Of(
                ["fund", ">balance"], items, fund => [fund.Name, fund.Balance.ToString()]));
        });

    private static Command List(ApiVerbs verbs)
    {
        var waiting = new Option<bool>("--waiting") { Description = "Only what waits for a second operator." };
        var limit = Values.Limit();
        return verbs.Reading("list", "What was spent, newest first.", ApiVerbs.Auditor, [waiting, limit], async call =>
        {
            var spends = await call.Client.Treasury.List(call.Value(waiting), call.Cancellation)
                .Take(call.Value(limit)).ToListAsync(call.Cancellation);
            await call.ShowAll(spends, items => Table.Of(
                ["id", "state", "fund", "to", ">amount", "kind", "asked by", "decided by", "reason"], items, spend =>
                [
                    spend.Id.ToString(), spend.State, spend.Fund, spend.To, spend.Amount.ToString(), spend.Kind,
                    spend.AskedBy,
                    spend.DecidedBy, spend.Reason,
                ]));
        });
    }

    private static Command Spend(ApiVerbs verbs)
    {
        var fund = Values.Text("fund", "treasury, startup, team or liquidity.").AcceptOnlyFromAmong("treasury", "startup", "team", "liquidity");
        var to = Values.Text("to", "The participant who receives.");
        var amount = Values.Amount("amount", "STK.");
        var kind = new Option<string>("--kind") { Description = "What for.", Required = true }
            .AcceptOnlyFromAmong([.. Enum.GetNames<FundSpendKind>().Select(name => name.ToLowerInvariant())]);
        var reason = Values.Reason();
        var vests = new Option<int?>("--vests-days") { Description = "Frozen for so many days (default: paid at once)." };
        return verbs.Asking(
            "spend", "Spends from a fund; above a limit a second operator must approve.", ApiVerbs.Operator,
            [fund, to, amount, kind, reason, vests], async call =>
            {
                var order = new FundSpendOrder(
                    call.Value(fund), call.Value(to), call.Value(amount), call.Required(kind), call.Required(reason),
                    call.Value(vests));
                await call.Confirm($"Spend {order.Amount} STK of {order.Fund} for {order.To} ({order.Kind}: {order.Reason})?");
                await call.Write(key => call.Client.Treasury.Spend(order, key, call.Cancellation), Done, Fields);
            });
    }

    private static Command Approve(ApiVerbs verbs)
    {
        var id = Values.Id("id", "What waits; treasury list --waiting shows it.");
        var reason = Values.Reason();
        return verbs.Asking("approve", "Approves, as the second operator, what waits.", ApiVerbs.Operator, [id, reason], async call =>
        {
            var waiting = await call.Client.Treasury.List(isWaitingOnly: true, call.Cancellation)
                .FirstOrDefaultAsync(spend => spend.Id == call.Value(id), call.Cancellation);
            await call.Confirm(waiting is null
                ? $"Approve {call.Value(id)}, which does not wait?"
                : $"Approve {waiting.Amount} STK of {waiting.Fund} for {waiting.To} ({waiting.Kind}: {waiting.Reason}), asked by {waiting.AskedBy}?");
            await call.Write(
                key => call.Client.Treasury.Approve(call.Value(id), call.Required(reason), key, call.Cancellation),
                Done, Fields);
        });
    }

    private static Command Reject(ApiVerbs verbs)
    {
        var id = Values.Id("id", "What waits.");
        var reason = Values.Reason();
        return verbs.Writing("reject", "Rejects what waits.", ApiVerbs.Operator, [id, reason], async call =>
            await call.Write(
                key => call.Client.Treasury.Reject(call.Value(id), call.Required(reason), key, call.Cancellation),
                Done, Fields));
    }

    private static string Done(FundSpend spend) => $"spending {spend.Id} is {spend.State}";

    private static Table Fields(FundSpend spend) => Table.OfFields(
        ("state", spend.State == "waiting" ? "waiting for a second operator" : spend.State), ("amount", $"{spend.Amount} STK"),
        ("fund", spend.Fund), ("to", spend.To), ("kind", spend.Kind), ("reason", spend.Reason),
        ("frozen for", spend.VestsDays > 0 ? $"{spend.VestsDays} days" : null),
        ("asked", $"{TerminalText.Of(spend.AskedAt)} by {spend.AskedBy}"),
        ("decided", spend.DecidedAt is { } at ? $"{TerminalText.Of(at)} by {spend.DecidedBy}" : null), ("note", spend.Note),
        ("id", spend.Id.ToString()));
}

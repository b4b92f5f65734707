using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.Balances;

namespace Stk.Cli.Balances;

/// <summary>The verbs <c>balance</c> and <c>history</c>.</summary>
internal static class BalanceVerbs
{
    public static Command Balance(ApiVerbs verbs)
    {
        var participant = Values.Participant();
        var watch = new Option<bool>("--watch")
        {
            Description = "Go on showing it, each time that it changes (with --json: a document a line).",
        };
        return verbs.Reading(
            "balance", "What a participant has, now.", ApiVerbs.Participant, [participant, watch], async call =>
            {
                if (!call.Value(watch))
                {
                    await call.Show(
                        await call.Client.Balances.Get(call.Value(participant), call.Cancellation), Fields);
                    return;
                }

                await call.ShowEach(stop => call.Client.Balances.Follow(call.Value(participant), stop), Line);
            });
    }

    public static Command History(ApiVerbs verbs)
    {
        var participant = Values.Participant();
        var kind = new Option<string?>("--kind") { Description = "Only this kind: transfer, purchase, weekly_reward, ..." };
        var from = Values.Instant("--from", "From this day or instant on (UTC).");
        var to = Values.Instant("--to", "Before this day or instant (UTC).");
        var reason = new Option<string?>("--reason")
        {
            Description = "For operators and auditors: why notes are to be shown (1 to 280 characters, kept). Without it they are not.",
        };
        var limit = Values.Limit();
        return verbs.Reading(
            "history", "Every change of the balances, newest first.", ApiVerbs.Participant,
            [participant, kind, from, to, reason, limit], async call =>
            {
                var filter = new HistoryFilter(
                    call.Value(participant), call.Value(kind), call.Value(from), call.Value(to), call.Value(reason));
                var changes = await call.Client.Balances.History(filter, call.Cancellation)
                    .Take(call.Value(limit)).ToListAsync(call.Cancellation);
                await call.ShowAll(changes, items => Table.Of(
                    ["at", "kind", "account", ">amount", ">balance", "with", "note"], items, change =>
                    [
                        TerminalText.Of(change.At), change.Kind, change.Account, change.Amount.ToString(),
                        change.BalanceAfter.ToString(), change.Counterparty ?? change.Service ?? change.Reference,
                        change.Note,
                    ]));
            });
    }

    private static Table Fields(Balance balance) => new Table("", ">")
        .Add("available", balance.Available.ToString())
        .Add("frozen", balance.Frozen.ToString())
        .Add("settling", balance.Settling.ToString())
        .Add("total", balance.Total.ToString());

    private static Table Line(Balance balance) => new Table("").Add(
        $"available {balance.Available}, frozen {balance.Frozen}, settling {balance.Settling}, total {balance.Total}");
}

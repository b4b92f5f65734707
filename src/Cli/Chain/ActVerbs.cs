using System.CommandLine;
using Stk.Cli.Api;
using Stk.Client.ChainActs;
using Stk.Rules.Money;

namespace Stk.Cli.Chain;

/// <summary>The verbs of <c>chain</c> that speak to the API: acts on chain that pay nobody.</summary>
internal static class ActVerbs
{
    public static IEnumerable<Command> All(ApiVerbs verbs) =>
    [
        Acts(verbs),
        Ask(verbs, "mint", "Asks for new tokens into the vault, at most as many as the ledger has issued."),
        Ask(verbs, "refill", "Asks for tokens from the vault to the float."),
        Ask(verbs, "burn", "Asks for the end of tokens of the vault, at most as many as the ledger has burned."),
        Memo(verbs), Approve(verbs), Reject(verbs), SignVerb.Make(verbs),
    ];

    public static Table Fields(ChainAct act) => Table.OfFields(
    [
        ("state", State(act)), ("kind", act.Kind), ("amount", Stk(act.Amount)), ("to", act.To), ("text", act.Text),
        ("week", act.Week),
        ("reason", act.Reason), ("asked", $"{TerminalText.Of(act.AskedAt)} by {act.AskedBy ?? "a run"}"),
        ("decided", act.DecidedAt is { } at ? $"{TerminalText.Of(at)} by {act.DecidedBy}" : null),
        ("expires", act.State == "asked" && act.ExpiresAt is { } end ? TerminalText.Of(end) : null),
        ("signature", act.Signature), ("slot", act.Slot is { } slot ? TerminalText.Of(slot) : null),
        ("explorer", act.Explorer), ("signs", act.ToSign?.Signer), ("not now", act.ToSign?.Trouble), ("id", act.Id.ToString()),
    ]);

    private static Command Acts(ApiVerbs verbs)
    {
        var id = new Argument<Guid?>("id")
        {
            Description = "One of them, with what is to be signed; without it all are listed, newest first.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var limit = Values.Limit();
        return verbs.Reading("acts", "Acts on chain that were asked for.", ApiVerbs.Auditor, [id, limit], async call =>
        {
            if (call.OptionalValue(id) is { } one)
            {
                await call.Show(await call.Client.ChainActs.Get(one, call.Cancellation), Fields);
                return;
            }

            var acts = await call.Client.ChainActs.List(call.Cancellation).Take(call.Value(limit))
                .ToListAsync(call.Cancellation);
            await call.ShowAll(acts, items => Table.Of(
                ["id", "kind", ">amount", "state", "asked", "by", "signature"], items, act =>
                [
                    act.Id.ToString(), act.Kind, act.Amount?.ToString() ?? "-", act.State, TerminalText.Of(act.AskedAt),
                    act.AskedBy ?? "a run", act.Signature ?? "-",
                ]));
        });
    }

    private static Command Ask(ApiVerbs verbs, string kind, string description)
    {
        var amount = Values.Amount("amount", "In STK.");
        var reason = Values.Reason();
        return verbs.Writing(kind, description, ApiVerbs.Operator, [amount, reason], async call => await call.Write(
            key => call.Client.ChainActs.Ask(kind, call.Value(amount), call.Required(reason), key, call.Cancellation),
            Done, Fields));
    }

    private static Command Memo(ApiVerbs verbs)
    {
        var text = Values.Text("text", "At most 280 characters and 400 bytes; anybody can read it, for ever.");
        var reason = Values.Reason();
        return verbs.Writing(
            "memo", "Asks for a text on chain, signed by the vault's key.", ApiVerbs.Operator, [text, reason],
            async call => await call.Write(
                key => call.Client.ChainActs.AskMemo(call.Value(text), call.Required(reason), key, call.Cancellation),
                Done, Fields));
    }

    private static Command Approve(ApiVerbs verbs)
    {
        var id = Values.Id("id", "As chain acts shows it.");
        var reason = Values.Reason();
        return verbs.Asking(
            "approve", "Approves, as another person than who asked: the key's holder may sign it.", ApiVerbs.Operator,
            [id, reason], async call =>
            {
                var asked = await call.Client.ChainActs.Get(call.Value(id), call.Cancellation);
                await call.Confirm(
                    $"Approve this {asked.Kind} of {Stk(asked.Amount) ?? $"\"{asked.Text}\""} ({asked.Reason}), asked by {asked.AskedBy}?");
                await call.Write(
                    key => call.Client.ChainActs.Approve(call.Value(id), call.Required(reason), key, call.Cancellation),
                    Done, Fields);
            });
    }

    private static Command Reject(ApiVerbs verbs)
    {
        var id = Values.Id("id", "As chain acts shows it.");
        var reason = Values.Reason();
        return verbs.Writing("reject", "Rejects what waits.", ApiVerbs.Operator, [id, reason], async call =>
            await call.Write(
                key => call.Client.ChainActs.Reject(call.Value(id), call.Required(reason), key, call.Cancellation),
                Done, Fields));
    }

    private static string Done(ChainAct act) => $"{act.Kind} {act.Id} is {act.State}";

    private static string State(ChainAct act) => act.State switch
    {
        "asked" => "asked, and waits for another operator",
        "approved" => "approved, and waits for a signature",
        "expired" => "expired, and waits for another signature",
        var state => state,
    };

    private static string? Stk(Amount? amount) => amount is { } stk ? $"{stk} STK" : null;
}

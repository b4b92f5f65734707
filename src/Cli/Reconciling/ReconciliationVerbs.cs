using System.CommandLine;
using System.Globalization;
using Stk.Cli.Api;
using Stk.Cli.Approvals;
using Stk.Client.Reconciling;

namespace Stk.Cli.Reconciling;

/// <summary>The verbs of <c>settlement</c> that hold ledger and chain against each other.</summary>
internal static class ReconciliationVerbs
{
    public static IEnumerable<Command> Make(ApiVerbs verbs) =>
        [Reserves(verbs), Ask(verbs), List(verbs), Differences(verbs), Cover(verbs)];

    private static Command Reserves(ApiVerbs verbs) => verbs.Reading(
        "reserves", "What is on chain and in the ledger, as they were reconciled last.", ApiVerbs.Auditor, [],
        async call => await call.Show(await call.Client.Reconciliation.GetReserves(call.Cancellation), Fields));

    private static Command Ask(ApiVerbs verbs)
    {
        var reason = Values.Reason();
        return verbs.Writing(
            "reconcile", "Asks for a reconciliation, which is done within a minute.", ApiVerbs.Operator, [reason],
            async call => await call.Write(
                key => call.Client.Reconciliation.Ask(call.Required(reason), key, call.Cancellation),
                _ => "a reconciliation is asked for", asked => Table.OfFields(("asked", asked.Asked ? "yes" : "no"))));
    }

    private static Command List(ApiVerbs verbs)
    {
        var limit = Values.Limit();
        return verbs.Reading(
            "reconciliations", "Ledger and chain held against each other, newest first.", ApiVerbs.Auditor, [limit],
            async call =>
            {
                var all = await call.Client.Reconciliation.List(call.Cancellation)
                    .Take(call.Value(limit)).ToListAsync(call.Cancellation);
                await call.ShowAll(all, items => Table.Of(
                    [">number", "cause", "at", ">slot", "matches", "details"], items, one =>
                    [
                        TerminalText.Of(one.Number), one.Cause, TerminalText.Of(one.Reserves?.At ?? one.AskedAt),
                        one.Reserves is { } sums ? TerminalText.Of(sums.Slot) : "-",
                        one.Reserves?.Matches switch { null => "asked", true => "yes", false => "NO" },
                        string.Join(' ', one.Details),
                    ]));
            });
    }

    private static Command Differences(ApiVerbs verbs) => verbs.Reading(
        "differences", "What ledger and chain differ in, and nothing has made good yet.", ApiVerbs.Auditor, [],
        async call => await call.ShowAll(
            (await call.Client.Reconciliation.ListDifferences(call.Cancellation)).Items, items => Table.Of(
                ["id", "kind", ">amount", "found", "signature", "details"], items, one =>
                [
                    one.Id.ToString(), one.Kind, one.Amount.ToString(), TerminalText.Of(one.FoundAt), one.Signature ?? "-",
                    one.Details,
                ])));

    private static Command Cover(ApiVerbs verbs)
    {
        var id = Values.Id("id", "As differences shows it.");
        var reason = Values.Reason();
        return verbs.Asking(
            "cover", "Makes a difference good from the treasury. It takes two persons, who say the same.",
            ApiVerbs.Operator, [id, reason], async call =>
            {
                var open = (await call.Client.Reconciliation.ListDifferences(call.Cancellation)).Items
                    .FirstOrDefault(one => one.Id == call.Value(id));
                await call.Confirm($"Cover {(open is null ? "it" : $"{open.Amount} STK")} from fund:treasury?");
                await call.Write(
                    key => call.Client.Reconciliation.Cover(
                        call.Value(id), call.Required(reason), key, call.Cancellation),
                    ApprovalVerbs.Done, ApprovalVerbs.Fields);
            });
    }

    private static Table Fields(Reserves reserves) => Table.OfFields(
        ("matches", reserves.Matches ? "yes" : "NO"), ("at", TerminalText.Of(reserves.At)),
        ("slot", Text(reserves.Slot)), ("sequence", Text(reserves.Sequence)), ("supply", $"{reserves.Supply} STK"),
        ("vault", $"{reserves.Vault} STK"), ("float", $"{reserves.FloatHeld} STK"),
        ("in flight", $"{reserves.InFlight} STK"), ("outside", $"{reserves.Outside} STK"),
        ("suspense", $"{reserves.Suspense} STK"), ("issued", $"{reserves.Issued} STK"),
        ("minted", $"{reserves.Minted} STK"), ("burned", $"{reserves.Burned} STK"),
        ("burn due", $"{reserves.BurnDue} STK"), ("burned by holders", $"{reserves.BurnedByHolders} STK"));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Stk.Cli.Api;
using Stk.Cli.Approvals;
using Stk.Cli.Deposits;
using Stk.Cli.Reconciling;
using Stk.Client.Settling;
using Stk.Rules.Money;

namespace Stk.Cli.Settling;

/// <summary>The verb <c>settlement</c>.</summary>
internal static class SettlementVerbs
{
    private const string Landed = "landed";
    private const string Expired = "expired";

    private static readonly string[] States =
        ["planned", "signed", "sent", "finalized", "failed", "uncertain", Expired];

    public static Command Make(ApiVerbs verbs)
    {
        var settlement = new Command("settlement", "What leaves for the chain, as operators see and steer it.")
        {
            Status(verbs), Pause(verbs), Resume(verbs), Batches(verbs), Show(verbs), Resolve(verbs),
            ApprovalVerbs.Approve(verbs), DepositVerbs.ListAll(verbs), DepositVerbs.Assign(verbs),
            DepositVerbs.SendBack(verbs),
        };
        foreach (var verb in ReconciliationVerbs.Make(verbs))
        {
            settlement.Add(verb);
        }

        return settlement;
    }

    private static Command Status(ApiVerbs verbs) => verbs.Reading(
        "status", "How settlement stands, with a fresh look at the nodes.", ApiVerbs.Auditor, [],
        async call => await call.Show(await call.Client.Settlement.Get(call.Cancellation), Fields));

    private static Command Pause(ApiVerbs verbs)
    {
        var reason = Values.Reason();
        return verbs.Writing(
            "pause", "Holds payouts: nothing more is gathered and signed.", ApiVerbs.Operator, [reason],
            async call => await call.Write(
                key => call.Client.Settlement.Pause(call.Required(reason), key, call.Cancellation),
                steered => $"payouts are held, because of {steered.Pause?.Because}", Fields));
    }

    private static Command Resume(ApiVerbs verbs)
    {
        var reason = Values.Reason();
        return verbs.Asking(
            "resume", "Lets payouts go on; after a mismatch or in recovery it takes two persons.", ApiVerbs.Operator,
            [reason], async call =>
            {
                await call.Confirm("Let payouts go on?");
                await call.Write(
                    key => call.Client.Settlement.Resume(call.Required(reason), key, call.Cancellation), Done, Fields);
            });
    }

    private static Command Batches(ApiVerbs verbs)
    {
        var state = new Option<string?>("--state") { Description = $"Only these: {string.Join(", ", States)}." }
            .AcceptOnlyFromAmong(States);
        var limit = Values.Limit();
        return verbs.Reading(
            "batches", "What was to happen on chain, newest first.", ApiVerbs.Auditor, [state, limit], async call =>
            {
                var batches = await call.Client.Settlement.Batches(call.Value(state), call.Cancellation)
                    .Take(call.Value(limit)).ToListAsync(call.Cancellation);
                await call.ShowAll(batches, items => Table.Of(
                    ["id", "state", ">payouts", ">amount", ">attempts", "changed", "signature"], items, batch =>
                    [
                        batch.Id.ToString(), batch.State, TerminalText.Of(batch.Payouts), batch.Amount.ToString(),
                        TerminalText.Of(batch.Attempts), TerminalText.Of(batch.ChangedAt), batch.Signature ?? "-",
                    ]));
            });
    }

    private static Command Show(ApiVerbs verbs)
    {
        var id = Values.Id("id", "As batches shows it.");
        return verbs.Reading(
            "show", "One batch, with its attempts; --json shows payouts, bytes and evidence too.", ApiVerbs.Auditor, [id],
            async call => await call.Show(
                await call.Client.Settlement.Batch(call.Value(id), call.Cancellation), Fields));
    }

    private static Command Resolve(ApiVerbs verbs)
    {
        var id = Values.Id("id", "As batches --state uncertain shows it.");
        var outcome = Values.Text("outcome", "landed, or expired: it can never land.").AcceptOnlyFromAmong(Landed, Expired);
        var signature = new Option<string?>("--signature") { Description = "With landed: which one has landed." };
        var reason = Values.Reason();
        return verbs.Asking(
            "resolve", "Says how an uncertain batch has ended. It takes two persons, who say the same.", ApiVerbs.Operator,
            [id, outcome, signature, reason], async call =>
            {
                var shown = await call.Client.Settlement.Batch(call.Value(id), call.Cancellation);
                await call.Confirm(
                    $"{shown.Batch.Payouts} payouts of {shown.Batch.Amount} STK, {shown.Batch.State}, {shown.Batch.Signature}",
                    $"Say that it has {call.Value(outcome)}?");
                await call.Write(
                    key => call.Client.Settlement.Resolve(
                        call.Value(id), call.Value(outcome), call.Value(signature), call.Required(reason), key,
                        call.Cancellation),
                    ApprovalVerbs.Done, ApprovalVerbs.Fields);
            });
    }

    private static string Done(ResumeAnswer answer) => answer switch
    {
        ResumeAnswer.Done => "payouts go on",
        ResumeAnswer.Waiting(var approval) => ApprovalVerbs.Done(approval),
        _ => throw new UnreachableException(),
    };

    private static Table Fields(ResumeAnswer answer) => answer switch
    {
        ResumeAnswer.Done(var steered) => Fields(steered),
        ResumeAnswer.Waiting(var approval) => ApprovalVerbs.Fields(approval),
        _ => throw new UnreachableException(),
    };

    private static Table Fields(SteeredSettlement steered) => Table.OfFields(("payouts", Held(steered.Pause)));

    private static Table Fields(SettlementState state) => Table.OfFields(
    [
        ("payouts", state.On ? Held(state.Pause) : "off: no nodes of Solana, or no mint there"),
        ("waits for", state.WaitsFor), ("refill", state.Refill?.ToString()), ("float", Of(state.FloatHeld)), ("lamports", Text(state.Lamports)),
        .. state.Payouts.Select(count => ($"payouts {count.State}", (string?)$"{count.Count}, {count.Amount} STK")),
        .. state.Batches.Select(count => ($"batches {count.State}", (string?)$"{count.Count}, {count.Amount} STK")),
        ("set aside", Text(state.SetAside)), ("float at most", Of(state.Caps.FloatMax)),
        ("a day at most", Of(state.Caps.DailyCap)), ("a payout at most", Of(state.Caps.PayoutMax)),
        ("lamports at least", Text(state.Caps.LamportsFloor)),
        .. state.Nodes.Select(node => ($"node {node.Name}", (string?)(node.Trouble ?? $"slot {Text(node.Slot)}, height {Text(node.Height)}"))),
        .. state.Refusals.Select(refusal => (
            $"refused {TerminalText.Of(refusal.LastAt)}", (string?)$"{refusal.Rule}, batch {refusal.Batch}: {refusal.Why}")),
    ]);

    private static Table Fields(BatchDetails details) => Table.OfFields(
    [
        ("id", details.Batch.Id.ToString()), ("kind", details.Batch.Kind), ("state", details.Batch.State),
        ("payouts", $"{details.Batch.Payouts}, {details.Batch.Amount} STK"), ("slot", Text(details.Batch.Slot)),
        ("changed", TerminalText.Of(details.Batch.ChangedAt)),
        .. details.Attempts.Select(attempt => (
            $"attempt {attempt.Number}", (string?)$"{attempt.Outcome ?? "open"}, {attempt.Signature}, last valid height {Text(attempt.LastValidHeight)}")),
        .. details.Refusals.Select(refusal => ($"refused by {refusal.Rule}", (string?)$"{refusal.Times} times: {refusal.Why}")),
        .. details.Decisions.Select(decision => (
            $"said {decision.Outcome}", (string?)$"{decision.AskedBy} and {decision.ApprovedBy}: {decision.Reply ?? "not looked at yet"} {decision.Why}")),
    ]);

    private static string Held(SettlementPause? pause) => pause is null
        ? "go on"
        : $"held since {TerminalText.Of(pause.Since)} because of {pause.Because}: {pause.Details}";

    private static string? Of(Amount? amount) => amount is { } stk ? $"{stk} STK" : null;

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}

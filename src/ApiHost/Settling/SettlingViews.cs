using System.Collections.Immutable;
using System.Text.Json;
using Stk.GrainInterfaces.Settling;
using Stk.Rules.Money;
using Stk.Rules.Payouts;

namespace Stk.ApiHost.Settling;

/// <summary>How settlement stands.</summary>
/// <param name="On">Whether this installation has nodes of Solana and a mint there.</param>
/// <param name="Pause">Null where nothing holds payouts.</param>
/// <param name="WaitsFor">What those that wait wait for: float, chain, signer, day-cap or fees; null for nothing.</param>
/// <param name="Payouts">By their states: waiting, taken, paid, returned.</param>
/// <param name="Batches">
/// Those that are not closed, by their states: planned, signed, sent, finalized, failed, uncertain, expired.
/// </param>
/// <param name="SetAside">Payouts that the signer has refused, and that wait to be asked for again.</param>
/// <param name="Float">What the float holds; null where no node says it.</param>
/// <param name="Lamports">Of the float, for fees and accounts; null where no node says it.</param>
/// <param name="Refusals">What the signer has refused lately, newest first.</param>
/// <param name="Refill">The act that is asked for or on its way, under admin/chain/acts; null where there is none.</param>
internal sealed record SettlementView(
    bool On, PauseItem? Pause, string? WaitsFor, ImmutableArray<StateItem> Payouts, ImmutableArray<StateItem> Batches,
    long SetAside, Amount? Float, long? Lamports, CapsItem Caps, ImmutableArray<NodeItem> Nodes,
    ImmutableArray<RefusalItem> Refusals, Guid? Refill)
{
    public static SettlementView Of(SettlementStatus status) => new(
        status.IsOn, PauseItem.Of(status.Pause), status.Hold?.WireName(), [.. status.Payouts.Select(Of)],
        [.. status.Batches.Select(Of)], status.SetAside, status.FloatHeld, status.Lamports,
        new(status.Caps.FloatMax, status.Caps.DailyCap, status.Caps.PayoutMax, status.Caps.LamportsFloor),
        [.. status.Nodes.Select(node => new NodeItem(node.Name, node.Slot, node.Height, node.Trouble))],
        [.. status.Refusals.Select(RefusalItem.Of)], status.Refill);

    private static StateItem Of(StateCount count) => new(count.State, count.Count, count.Amount);
}

/// <param name="Because">operator, mismatch or recovery: after the last two it takes two persons to go on.</param>
/// <param name="By">Null where the service has paused by itself.</param>
/// <param name="Details">Why, in words.</param>
internal sealed record PauseItem(string Because, DateTimeOffset Since, string? By, string Details)
{
    public static PauseItem? Of(PauseView? pause) =>
        pause is null ? null : new(pause.Because.WireName(), pause.Since, pause.By, pause.Details);
}

/// <param name="Pause">Null where nothing holds payouts.</param>
internal sealed record SteeredView(PauseItem? Pause);

internal sealed record StateItem(string State, long Count, Amount Amount);

/// <summary>As the silo is configured; null: no bound. The signer has its own.</summary>
internal sealed record CapsItem(Amount? FloatMax, Amount? DailyCap, Amount? PayoutMax, long? LamportsFloor);

/// <param name="Slot">Final; null where it does not say.</param>
/// <param name="Height">At that slot, in blocks.</param>
/// <param name="Trouble">Null where it answers for our chain.</param>
internal sealed record NodeItem(string Name, long? Slot, long? Height, string? Trouble);

/// <param name="Rule">As docs/settlement.md has it.</param>
/// <param name="Payout">The one that it was about last; null where it was about all.</param>
internal sealed record RefusalItem(Guid Batch, string Rule, string Why, Guid? Payout, int Times, DateTimeOffset LastAt)
{
    public static RefusalItem Of(SignerRefusal refusal) => new(
        refusal.Batch, refusal.Rule, refusal.Why, refusal.Payout, refusal.Times, refusal.LastAt);
}

/// <summary>What is to happen on chain once: a batch of payouts, for one.</summary>
/// <param name="Kind">payouts.</param>
/// <param name="State">planned, signed, sent, finalized, failed, uncertain or expired.</param>
/// <param name="Closed">Whether the ledger has what came of it.</param>
/// <param name="Attempts">How many were signed.</param>
/// <param name="Signature">Of what has landed, or of the last attempt.</param>
/// <param name="Slot">In which it has landed.</param>
internal sealed record BatchItem(
    Guid Id, string Kind, string State, bool Closed, int Payouts, Amount Amount, int Attempts, DateTimeOffset At,
    DateTimeOffset ChangedAt, string? Signature, long? Slot)
{
    public static BatchItem Of(BatchView batch) => new(
        batch.Id, batch.Kind, batch.State, batch.IsClosed, batch.Payouts, batch.Amount, batch.Attempts, batch.At,
        batch.ChangedAt, batch.Signature, batch.Slot);
}

/// <param name="Payouts">As they were planned.</param>
/// <param name="Attempts">In order.</param>
/// <param name="Refusals">By the signer.</param>
/// <param name="Decisions">What two operators have said of it.</param>
internal sealed record BatchDetailsView(
    BatchItem Batch, ImmutableArray<BatchPayoutItem> Payouts, ImmutableArray<AttemptItem> Attempts,
    ImmutableArray<RefusalItem> Refusals, ImmutableArray<DecisionItem> Decisions)
{
    public static BatchDetailsView Of(BatchDetails details) => new(
        BatchItem.Of(details.Batch),
        [
            .. details.Payouts.Select(payout => new BatchPayoutItem(
                payout.Id, payout.Address, payout.Amount, payout.State, payout.MakesAccount)),
        ],
        [.. details.Attempts.Select(AttemptItem.Of)],
        [.. details.Refusals.Select(RefusalItem.Of)],
        [
            .. details.Decisions.Select(decision => new DecisionItem(
                decision.Approval, decision.Outcome, decision.Signature, decision.AskedBy, decision.ApprovedBy,
                decision.Reason, decision.At, decision.Reply, decision.Why)),
        ]);
}

/// <param name="State">As it stands now, maybe in another batch: waiting, taken, paid or returned.</param>
/// <param name="MakesAccount">Whether the batch makes the wallet's token account.</param>
internal sealed record BatchPayoutItem(Guid Id, string Address, Amount Amount, string State, bool MakesAccount);

/// <param name="Bytes">Base64: the whole transaction. These and no others are sent.</param>
/// <param name="Lifetime">The blockhash, or what stood in the nonce account.</param>
/// <param name="LastValidHeight">In blocks; null with a nonce.</param>
/// <param name="SendAnswer">To the first sending: it says nothing of the outcome.</param>
/// <param name="Outcome">landed, failed or expired; null while it is open.</param>
/// <param name="Evidence">What nodes have said, and what was concluded.</param>
internal sealed record AttemptItem(
    int Number, string Signature, string Bytes, string Lifetime, long? LastValidHeight, long SignedSlot, string Node,
    DateTimeOffset SignedAt, DateTimeOffset? SentAt, string? SendAnswer, string? Outcome, JsonElement? Evidence)
{
    public static AttemptItem Of(BatchAttempt attempt) => new(
        attempt.Number, attempt.Signature, Convert.ToBase64String(attempt.Bytes), attempt.Lifetime,
        attempt.LastValidHeight, attempt.SignedSlot, attempt.Node, attempt.SignedAt, attempt.SentAt, attempt.SendAnswer,
        attempt.Outcome, attempt.Evidence is { } evidence ? Parsed(evidence) : null);

    private static JsonElement Parsed(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}

/// <param name="Approval">Under admin/approvals.</param>
/// <param name="Outcome">landed or expired.</param>
/// <param name="Reply">done, contradicted, not-looked or not-uncertain; null until nodes were looked at.</param>
/// <param name="Why">Names node and contradiction; null where it is done.</param>
internal sealed record DecisionItem(
    Guid Approval, string Outcome, string? Signature, string AskedBy, string ApprovedBy, string Reason, DateTimeOffset At,
    string? Reply, string? Why);

/// <param name="Outcome">landed, or expired: it can never land.</param>
/// <param name="Signature">Base58, with landed and only there: which one has landed.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
internal sealed record ResolveBody(string Outcome, string Reason, string? Signature = null);

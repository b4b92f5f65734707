using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stk.Rules.Money;

namespace Stk.Client.Settling;

/// <summary>How settlement stands.</summary>
/// <param name="On">Whether this installation has nodes of Solana and a mint there.</param>
/// <param name="Pause">Null where nothing holds payouts.</param>
/// <param name="WaitsFor">What those that wait wait for; null for nothing.</param>
/// <param name="Payouts">By their states.</param>
/// <param name="Batches">By their states.</param>
/// <param name="SetAside">Payouts that the signer has refused, and that wait to be asked for again.</param>
/// <param name="FloatHeld">What the float holds; null where no node says it.</param>
/// <param name="Lamports">Of the float; null where no node says it.</param>
/// <param name="Refusals">What the signer has refused lately, newest first.</param>
/// <param name="Refill">The act that is asked for or on its way; null where there is none.</param>
public sealed record SettlementState(
    bool On, SettlementPause? Pause, string? WaitsFor, ImmutableArray<StateTotal> Payouts,
    ImmutableArray<StateTotal> Batches, long SetAside, [property: JsonPropertyName("float")] Amount? FloatHeld,
    long? Lamports, SettlementBounds Caps,
    ImmutableArray<ChainNode> Nodes, ImmutableArray<Refusal> Refusals, Guid? Refill = null);

/// <param name="Because">operator, mismatch or recovery.</param>
/// <param name="By">Null where the service has paused by itself.</param>
public sealed record SettlementPause(string Because, DateTimeOffset Since, string? By, string Details);

/// <param name="Pause">Null where nothing holds payouts.</param>
public sealed record SteeredSettlement(SettlementPause? Pause);

public sealed record StateTotal(string State, long Count, Amount Amount);

/// <summary>As the silo is configured; null: no bound.</summary>
public sealed record SettlementBounds(Amount? FloatMax, Amount? DailyCap, Amount? PayoutMax, long? LamportsFloor);

/// <param name="Trouble">Null where it answers for our chain.</param>
public sealed record ChainNode(string Name, long? Slot, long? Height, string? Trouble);

/// <param name="Payout">Null where it was about all.</param>
public sealed record Refusal(Guid Batch, string Rule, string Why, Guid? Payout, int Times, DateTimeOffset LastAt);

/// <summary>What is to happen on chain once: a batch of payouts, for one.</summary>
/// <param name="State">planned, signed, sent, finalized, failed, uncertain or expired.</param>
/// <param name="Closed">Whether the ledger has what came of it.</param>
public sealed record Batch(
    Guid Id, string Kind, string State, bool Closed, int Payouts, Amount Amount, int Attempts, DateTimeOffset At,
    DateTimeOffset ChangedAt, string? Signature, long? Slot);

/// <param name="Decisions">What two operators have said of it.</param>
public sealed record BatchDetails(
    Batch Batch, ImmutableArray<BatchPayout> Payouts, ImmutableArray<BatchAttempt> Attempts,
    ImmutableArray<Refusal> Refusals, ImmutableArray<BatchDecision> Decisions);

/// <param name="State">As it stands now: waiting, taken, paid or returned.</param>
public sealed record BatchPayout(Guid Id, string Address, Amount Amount, string State, bool MakesAccount);

/// <param name="Bytes">Base64: the whole transaction.</param>
/// <param name="Outcome">landed, failed or expired; null while it is open.</param>
/// <param name="Evidence">What nodes have said, and what was concluded.</param>
public sealed record BatchAttempt(
    int Number, string Signature, string Bytes, string Lifetime, long? LastValidHeight, long SignedSlot, string Node,
    DateTimeOffset SignedAt, DateTimeOffset? SentAt, string? SendAnswer, string? Outcome, JsonElement? Evidence);

/// <param name="Outcome">landed or expired.</param>
/// <param name="Reply">done, contradicted, not-looked or not-uncertain; null until nodes were looked at.</param>
public sealed record BatchDecision(
    Guid Approval, string Outcome, string? Signature, string AskedBy, string ApprovedBy, string Reason, DateTimeOffset At,
    string? Reply, string? Why);

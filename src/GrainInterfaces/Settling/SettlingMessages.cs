using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Payouts;

namespace Stk.GrainInterfaces.Settling;

/// <param name="By">The operator's subject; null where the service has paused by itself.</param>
/// <param name="Details">Why, in words.</param>
[GenerateSerializer, Immutable, Alias("stk.settlement-pause")]
public sealed record PauseView(
    [property: Id(0)] PauseCause Because,
    [property: Id(1)] DateTimeOffset Since,
    [property: Id(2)] string? By,
    [property: Id(3)] string Details);

/// <summary>How settlement stands.</summary>
/// <param name="IsOn">Whether this installation has nodes and a mint.</param>
/// <param name="Pause">Null where nothing holds payouts.</param>
/// <param name="Hold">What those that wait wait for, as it was seen last; null for nothing.</param>
/// <param name="Payouts">By their states.</param>
/// <param name="Batches">By their states: those that are not closed.</param>
/// <param name="SetAside">Payouts that the signer has refused, and that wait to be asked for again.</param>
/// <param name="FloatHeld">What the float holds; null where no node says it.</param>
/// <param name="Lamports">Of the float, for fees and accounts; null where no node says it.</param>
/// <param name="Refusals">What the signer has refused lately, newest first.</param>
/// <param name="Refill">An act that is asked for, or on its way; null where there is none.</param>
[GenerateSerializer, Immutable, Alias("stk.settlement-status")]
public sealed record SettlementStatus(
    [property: Id(0)] bool IsOn,
    [property: Id(1)] PauseView? Pause,
    [property: Id(2)] PayoutHold? Hold,
    [property: Id(3)] ImmutableArray<StateCount> Payouts,
    [property: Id(4)] ImmutableArray<StateCount> Batches,
    [property: Id(5)] long SetAside,
    [property: Id(6)] Amount? FloatHeld,
    [property: Id(7)] long? Lamports,
    [property: Id(8)] SettlementCaps Caps,
    [property: Id(9)] ImmutableArray<NodeStatus> Nodes,
    [property: Id(10)] ImmutableArray<SignerRefusal> Refusals,
    [property: Id(11)] Guid? Refill = null);

/// <param name="State">As on the wire.</param>
[GenerateSerializer, Immutable, Alias("stk.settlement-state-count")]
public sealed record StateCount(
    [property: Id(0)] string State, [property: Id(1)] long Count, [property: Id(2)] Amount Amount);

/// <summary>As the silo is configured; null: no bound. The signer has its own.</summary>
/// <param name="LamportsFloor">Below it nothing more is gathered. Unit: lamports.</param>
[GenerateSerializer, Immutable, Alias("stk.settlement-caps")]
public sealed record SettlementCaps(
    [property: Id(0)] Amount? FloatMax,
    [property: Id(1)] Amount? DailyCap,
    [property: Id(2)] Amount? PayoutMax,
    [property: Id(3)] long? LamportsFloor);

/// <param name="Slot">Final; null where it does not say.</param>
/// <param name="Height">At that slot. Unit: blocks.</param>
/// <param name="Trouble">A sentence; null where it answers for our chain.</param>
[GenerateSerializer, Immutable, Alias("stk.settlement-node")]
public sealed record NodeStatus(
    [property: Id(0)] string Name,
    [property: Id(1)] long? Slot,
    [property: Id(2)] long? Height,
    [property: Id(3)] string? Trouble);

/// <param name="Payout">The one that it was about last; null where it was about all.</param>
/// <param name="Times">How often it was refused by this rule.</param>
[GenerateSerializer, Immutable, Alias("stk.signer-refusal")]
public sealed record SignerRefusal(
    [property: Id(0)] Guid Batch,
    [property: Id(1)] string Rule,
    [property: Id(2)] string Why,
    [property: Id(3)] Guid? Payout,
    [property: Id(4)] int Times,
    [property: Id(5)] DateTimeOffset LastAt);

/// <summary>A chain act: a batch of payouts, for one.</summary>
/// <param name="Kind">As on the wire: payouts.</param>
/// <param name="State">As on the wire: planned, signed, sent, finalized, failed, uncertain, expired.</param>
/// <param name="IsClosed">Whether the ledger has what came of it.</param>
/// <param name="At">By the host's clock, as the next.</param>
/// <param name="Signature">Of what has landed, or of the last attempt; null before one.</param>
/// <param name="Slot">In which it has landed.</param>
[GenerateSerializer, Immutable, Alias("stk.settlement-batch")]
public sealed record BatchView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] string State,
    [property: Id(3)] bool IsClosed,
    [property: Id(4)] int Payouts,
    [property: Id(5)] Amount Amount,
    [property: Id(6)] int Attempts,
    [property: Id(7)] DateTimeOffset At,
    [property: Id(8)] DateTimeOffset ChangedAt,
    [property: Id(9)] string? Signature,
    [property: Id(10)] long? Slot);

[GenerateSerializer, Immutable, Alias("stk.settlement-batch-page")]
public sealed record BatchPage(
    [property: Id(0)] ImmutableArray<BatchView> Batches,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <param name="Payouts">As they were planned.</param>
/// <param name="Attempts">In order.</param>
/// <param name="Decisions">What two operators have said of it, in order.</param>
[GenerateSerializer, Immutable, Alias("stk.settlement-batch-details")]
public sealed record BatchDetails(
    [property: Id(0)] BatchView Batch,
    [property: Id(1)] ImmutableArray<BatchPayout> Payouts,
    [property: Id(2)] ImmutableArray<BatchAttempt> Attempts,
    [property: Id(3)] ImmutableArray<SignerRefusal> Refusals,
    [property: Id(4)] ImmutableArray<BatchDecision> Decisions);

/// <param name="Address">Base58.</param>
/// <param name="State">As it stands now, maybe in another batch: waiting, taken, paid or returned.</param>
[GenerateSerializer, Immutable, Alias("stk.settlement-batch-payout")]
public sealed record BatchPayout(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Address,
    [property: Id(2)] Amount Amount,
    [property: Id(3)] string State,
    [property: Id(4)] bool MakesAccount);

/// <param name="Bytes">The whole transaction: these and no others are sent.</param>
/// <param name="Lifetime">Base58: the blockhash, or what stood in the nonce account.</param>
/// <param name="LastValidHeight">Null with a nonce. Unit: blocks.</param>
/// <param name="SendAnswer">To the first sending: it says nothing of the outcome.</param>
/// <param name="Outcome">landed, failed or expired; null while it is open.</param>
/// <param name="Evidence">JSON: what nodes have said, and what was concluded.</param>
[GenerateSerializer, Immutable, Alias("stk.settlement-batch-attempt")]
public sealed record BatchAttempt(
    [property: Id(0)] int Number,
    [property: Id(1)] string Signature,
    [property: Id(2)] byte[] Bytes,
    [property: Id(3)] string Lifetime,
    [property: Id(4)] long? LastValidHeight,
    [property: Id(5)] long SignedSlot,
    [property: Id(6)] string Node,
    [property: Id(7)] DateTimeOffset SignedAt,
    [property: Id(8)] DateTimeOffset? SentAt,
    [property: Id(9)] string? SendAnswer,
    [property: Id(10)] string? Outcome,
    [property: Id(11)] string? Evidence);

/// <param name="Outcome">landed or expired.</param>
/// <param name="Reply">done, contradicted, not-looked or not-uncertain; null until nodes were looked at.</param>
/// <param name="Why">A sentence that names node and contradiction; null where it is done.</param>
[GenerateSerializer, Immutable, Alias("stk.settlement-batch-decision")]
public sealed record BatchDecision(
    [property: Id(0)] Guid Approval,
    [property: Id(1)] string Outcome,
    [property: Id(2)] string? Signature,
    [property: Id(3)] string AskedBy,
    [property: Id(4)] string ApprovedBy,
    [property: Id(5)] string Reason,
    [property: Id(6)] DateTimeOffset At,
    [property: Id(7)] string? Reply,
    [property: Id(8)] string? Why);

/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.steer-settlement")]
public sealed record SteerSettlementRequest(
    [property: Id(0)] RequestKey Key, [property: Id(1)] string Reason, [property: Id(2), FromCaller] string By);

/// <param name="Signature">Which one has landed; null where it can never land.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.resolve-batch")]
public sealed record ResolveBatchRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Guid Batch,
    [property: Id(2)] string? Signature,
    [property: Id(3)] string Reason,
    [property: Id(4), FromCaller] string By);

/// <summary>What became of a pause or of its end. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.settlement-steering-reply")]
public abstract record SteeringReply
{
    private SteeringReply() { }

    /// <param name="Pause">As it stands now, or stood then; null where nothing holds payouts.</param>
    [GenerateSerializer, Immutable, Alias("stk.settlement-steering-reply.done")]
    public sealed record Done([property: Id(0)] PauseView? Pause, [property: Id(1)] bool IsReplay) : SteeringReply;

    /// <summary>It takes two persons: what waits, or what the second person's call came to.</summary>
    [GenerateSerializer, Immutable, Alias("stk.settlement-steering-reply.of-two")]
    public sealed record OfTwo([property: Id(0)] SpendingReply<ApprovalView> Reply) : SteeringReply;

    /// <summary>Who asks is no operator by the register.</summary>
    [GenerateSerializer, Immutable, Alias("stk.settlement-steering-reply.operator-unknown")]
    public sealed record OperatorUnknown : SteeringReply;

    [GenerateSerializer, Immutable, Alias("stk.settlement-steering-reply.key-reused")]
    public sealed record KeyReused : SteeringReply;
}

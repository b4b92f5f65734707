using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Reconciling;

/// <summary>A reconciliation.</summary>
/// <param name="Cause">As on the wire: hour, run, asked or difference.</param>
/// <param name="AskedBy">The operator's subject; null where it was due by itself.</param>
/// <param name="Sums">Null until it is done.</param>
[GenerateSerializer, Immutable, Alias("stk.reconciliation-view")]
public sealed record ReconciliationView(
    [property: Id(0)] long Number,
    [property: Id(1)] string Cause,
    [property: Id(2)] string? AskedBy,
    [property: Id(3)] DateTimeOffset AskedAt,
    [property: Id(4)] ReconciledSums? Sums);

/// <summary>What ledger and chain have shown.</summary>
/// <param name="At">By the host's clock.</param>
/// <param name="Slot">Up to which our accounts were read.</param>
/// <param name="Sequence">The ledger's head then.</param>
/// <param name="InFlight">Of acts that have not ended.</param>
/// <param name="Outside">The supply less vault and float.</param>
/// <param name="Burned">On chain, by our acts.</param>
/// <param name="BurnDue">What the ledger has burned, and no act has burned on chain.</param>
/// <param name="Details">What does not match, a sentence each.</param>
[GenerateSerializer, Immutable, Alias("stk.reconciled-sums")]
public sealed record ReconciledSums(
    [property: Id(0)] DateTimeOffset At,
    [property: Id(1)] long Slot,
    [property: Id(2)] long Sequence,
    [property: Id(3)] Amount Supply,
    [property: Id(4)] Amount Vault,
    [property: Id(5)] Amount FloatHeld,
    [property: Id(6)] Amount InFlight,
    [property: Id(7)] Amount Outside,
    [property: Id(8)] Amount Suspense,
    [property: Id(9)] Amount Issued,
    [property: Id(10)] Amount Minted,
    [property: Id(11)] Amount Burned,
    [property: Id(12)] Amount BurnDue,
    [property: Id(13)] Amount BurnedByHolders,
    [property: Id(14)] bool Matches,
    [property: Id(15)] ImmutableArray<string> Details);

[GenerateSerializer, Immutable, Alias("stk.reconciliation-page")]
public sealed record ReconciliationPage(
    [property: Id(0)] ImmutableArray<ReconciliationView> Reconciliations,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <summary>What ledger and chain differ in.</summary>
/// <param name="Kind">As on the wire: left, missing or beyond.</param>
/// <param name="Account">Base58: ours; null where it is about all.</param>
/// <param name="Signature">Base58: by which it is seen; null where none shows it.</param>
[GenerateSerializer, Immutable, Alias("stk.chain-difference")]
public sealed record DifferenceView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] Amount Amount,
    [property: Id(3)] string? Account,
    [property: Id(4)] string? Signature,
    [property: Id(5)] string Details,
    [property: Id(6)] DateTimeOffset FoundAt);

/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.reconcile")]
public sealed record ReconcileRequest(
    [property: Id(0)] RequestKey Key, [property: Id(1)] string Reason, [property: Id(2), FromCaller] string By);

/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.cover-difference")]
public sealed record CoverDifferenceRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Guid Difference,
    [property: Id(2)] string Reason,
    [property: Id(3), FromCaller] string By);

/// <summary>What became of the wish to reconcile. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.reconcile-reply")]
public abstract record ReconcileReply
{
    private ReconcileReply() { }

    [GenerateSerializer, Immutable, Alias("stk.reconcile-reply.asked")]
    public sealed record Asked([property: Id(0)] bool IsReplay) : ReconcileReply;

    /// <summary>Who asks is no operator by the register.</summary>
    [GenerateSerializer, Immutable, Alias("stk.reconcile-reply.operator-unknown")]
    public sealed record OperatorUnknown : ReconcileReply;

    [GenerateSerializer, Immutable, Alias("stk.reconcile-reply.key-reused")]
    public sealed record KeyReused : ReconcileReply;
}

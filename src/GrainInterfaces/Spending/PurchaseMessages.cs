using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Spending;

/// <param name="ExpectedVersion">The version that the buyer has read (If-Match); null for whichever is in force.</param>
/// <param name="ExpectedPrice">The price that the buyer has read; null for whichever is in force.</param>
/// <param name="Recipients">By role: whom the buyer chooses where the service leaves it open (which mentor).</param>
/// <param name="Renews">To be renewed, for at most this price, until the participant says otherwise.</param>
[GenerateSerializer, Immutable, Alias("stk.purchase-request")]
public sealed record PurchaseRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string Service,
    [property: Id(2)] int? ExpectedVersion,
    [property: Id(3)] Amount? ExpectedPrice,
    [property: Id(4)] ImmutableDictionary<string, string> Recipients,
    [property: Id(5)] bool Renews = false);

/// <param name="Id">The ledger transaction's, and the entitlement's.</param>
/// <param name="Version">Of the service, as bought.</param>
/// <param name="Parts">In the split's order; together the price.</param>
/// <param name="RefundedAt">Null while it stands.</param>
[GenerateSerializer, Immutable, Alias("stk.purchase")]
public sealed record PurchaseView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] long Sequence,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] string Buyer,
    [property: Id(4)] string Service,
    [property: Id(5)] int Version,
    [property: Id(6)] Amount Price,
    [property: Id(7)] ImmutableArray<PurchasePart> Parts,
    [property: Id(8)] EntitlementView Entitlement,
    [property: Id(9)] DateTimeOffset? RefundedAt);

/// <param name="Recipient">A participant's id; null for the treasury.</param>
[GenerateSerializer, Immutable, Alias("stk.purchase-part")]
public sealed record PurchasePart(
    [property: Id(0)] string Role, [property: Id(1)] string? Recipient, [property: Id(2)] Amount Amount);

/// <param name="Purchase">Of the participant who is asked.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.refund-request")]
public sealed record RefundRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Guid Purchase,
    [property: Id(2)] string Reason,
    [property: Id(3), FromCaller] string By);

/// <param name="Id">The ledger transaction's.</param>
/// <param name="Amount">What came back to the buyer: the price.</param>
/// <param name="Waiting">What waits for a second person; null where it is done.</param>
[GenerateSerializer, Immutable, Alias("stk.refund")]
public sealed record RefundView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] long Sequence,
    [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] Guid Purchase,
    [property: Id(4)] Amount Amount,
    [property: Id(5)] ApprovalView? Waiting = null);

/// <summary>Finds purchases, whoever's. Key: 0. Read only.</summary>
[Alias("stk.purchases")]
public interface IPurchasesGrain : IGrainWithIntegerKey
{
    /// <summary>A purchase, and the time at which it was read; null where there is none.</summary>
    [Alias("find-as-of"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<FoundPurchase?> FindAsOf(Guid purchase, CancellationToken cancellation);

    /// <summary><see cref="FindAsOf"/> without its time: for API hosts of the build before, and where no time is wanted.</summary>
    [Alias("find"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<PurchaseView?> Find(Guid purchase, CancellationToken cancellation);
}

/// <param name="AsOf">The economy's time at which it was read: whether it is active is asked of this instant.</param>
[GenerateSerializer, Immutable, Alias("stk.found-purchase")]
public sealed record FoundPurchase([property: Id(0)] DateTimeOffset AsOf, [property: Id(1)] PurchaseView Purchase);

using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Services;

namespace Stk.GrainInterfaces.Spending;

/// <summary>
/// A participant as one who pays and buys: the same actor as <see cref="IEarnerGrain"/>, by the same key.
/// </summary>
[Alias("stk.spender")]
public interface ISpenderGrain : IGrainWithStringKey
{
    /// <summary>Sends STK to another participant. Answered means committed.</summary>
    [Alias("transfer"), MayCall(CallerRoles.Self)]
    Task<SpendingReply<TransferView>> Transfer(TransferRequest request, CancellationToken cancellation);

    /// <summary>Whom a transfer would reach. So much an hour: it tells who is here.</summary>
    // Interleaving is safe: it counts before it waits, and reads nothing that the others change.
    [Alias("find-recipient"), AlwaysInterleave, MayCall(CallerRoles.Self)]
    Task<RecipientReply> FindRecipient(string id, CancellationToken cancellation);

    /// <summary>Buys a service: paid and entitled in one commit.</summary>
    [Alias("purchase"), MayCall(CallerRoles.Self)]
    Task<SpendingReply<PurchaseView>> Purchase(PurchaseRequest request, CancellationToken cancellation);

    /// <summary>Takes a purchase of this participant back: the exact reverse, once; the entitlement ends.</summary>
    [Alias("refund"), MayCall(CallerRoles.Operator)]
    Task<SpendingReply<RefundView>> Refund(RefundRequest request, CancellationToken cancellation);

    /// <summary>Takes STK to the linked wallet. Answered means committed; the chain follows by itself.</summary>
    [Alias("withdraw"), MayCall(CallerRoles.Self)]
    Task<SpendingReply<PayoutView>> Withdraw(WithdrawRequest request, CancellationToken cancellation);

    /// <summary>Calls a payout off that no batch has: what it would have paid is available again.</summary>
    [Alias("call-payout-off"), MayCall(CallerRoles.Self)]
    Task<SpendingReply<PayoutView>> CallPayoutOff(CallPayoutOffRequest request, CancellationToken cancellation);

    // What follows is asked by API hosts of the build before alone: IEntitledGrain and IRecordsGrain have it.

    /// <summary><see cref="IEntitledGrain.ListEntitlements"/></summary>
    [Alias("entitlements-as-of"), AlwaysInterleave]
    Task<EntitlementsReply> ListEntitlements(CancellationToken cancellation);

    /// <summary><see cref="IEntitledGrain.ListEntitlements"/> without its time.</summary>
    [Alias("entitlements"), AlwaysInterleave]
    Task<ImmutableArray<EntitlementView>> GetEntitlements(CancellationToken cancellation);

    /// <summary><see cref="IEntitledGrain.CheckEntitlement"/></summary>
    [Alias("check-entitlement"), AlwaysInterleave]
    ValueTask<EntitlementCheck> CheckEntitlement(string service);

    /// <summary><see cref="IEntitledGrain.UseEntitlement"/></summary>
    [Alias("use-entitlement")]
    Task<SpendingReply<UseView>> UseEntitlement(UseRequest request, CancellationToken cancellation);

    /// <summary><see cref="IRecordsGrain.GetSales"/></summary>
    [Alias("sales"), AlwaysInterleave]
    Task<SalesPage> GetSales(PageRequest request, CancellationToken cancellation);
}

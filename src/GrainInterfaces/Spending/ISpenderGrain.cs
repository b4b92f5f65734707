using System.Collections.Immutable;
using Stk.GrainInterfaces.Entitlements;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Services;

namespace Stk.GrainInterfaces.Spending;

/// <summary>
/// A participant as one who pays and buys: the same actor as <see cref="IParticipantGrain"/>, by the same key.
/// </summary>
[Alias("stk.spender")]
public interface ISpenderGrain : IGrainWithStringKey
{
    /// <summary>Sends STK to another participant. Answered means committed.</summary>
    [Alias("transfer")]
    Task<SpendingReply<TransferView>> Transfer(TransferRequest request, CancellationToken cancellation);

    /// <summary>Buys a service: paid and entitled in one commit.</summary>
    [Alias("purchase")]
    Task<SpendingReply<PurchaseView>> Purchase(PurchaseRequest request, CancellationToken cancellation);

    /// <summary>Takes a purchase of this participant back: the exact reverse, once; the entitlement ends.</summary>
    [Alias("refund")]
    Task<SpendingReply<RefundView>> Refund(RefundRequest request, CancellationToken cancellation);

    /// <summary>Every entitlement, newest first, ended ones too; and the time to which that is true.</summary>
    [Alias("entitlements-as-of"), AlwaysInterleave]
    Task<EntitlementsReply> ListEntitlements(CancellationToken cancellation);

    /// <summary><see cref="ListEntitlements"/> without its time, for API hosts of the build before.</summary>
    [Alias("entitlements"), AlwaysInterleave]
    Task<ImmutableArray<EntitlementView>> GetEntitlements(CancellationToken cancellation);

    /// <summary>Whether this participant may use a service now. From memory.</summary>
    [Alias("check-entitlement"), AlwaysInterleave]
    ValueTask<EntitlementCheck> CheckEntitlement(string service);

    /// <summary>Uses a session of the active entitlement that ends or began first. The same id is one use.</summary>
    [Alias("use-entitlement")]
    Task<SpendingReply<UseView>> UseEntitlement(UseRequest request, CancellationToken cancellation);

    /// <summary>What this participant has earned as a recipient of services, newest first.</summary>
    [Alias("sales"), AlwaysInterleave]
    Task<SalesPage> GetSales(PageRequest request, CancellationToken cancellation);
}

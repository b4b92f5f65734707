using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;

namespace Stk.GrainInterfaces.Entitlements;

/// <summary>
/// A participant as one who may use what was bought: the same actor as <see cref="IEarnerGrain"/>, by the same key.
/// </summary>
[Alias("stk.entitled")]
public interface IEntitledGrain : IGrainWithStringKey
{
    /// <summary>Every entitlement, newest first, ended ones too; and the time to which that is true.</summary>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Readers)]
    Task<EntitlementsReply> ListEntitlements(CancellationToken cancellation);

    /// <summary>Whether this participant may use a service now. From memory.</summary>
    [Alias("check"), AlwaysInterleave, MayCall(CallerRoles.Readers | CallerRoles.Source)]
    ValueTask<EntitlementCheck> CheckEntitlement(string service);

    /// <summary>Uses a session of the active entitlement that ends or began first. The same id is one use.</summary>
    [Alias("use"), MayCall(CallerRoles.Source)]
    Task<SpendingReply<UseView>> UseEntitlement(UseRequest request, CancellationToken cancellation);
}

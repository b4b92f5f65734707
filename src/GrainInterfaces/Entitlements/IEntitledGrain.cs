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

    /// <summary>Whether an entitlement of months is renewed, and for how much. The same again changes nothing.</summary>
    [Alias("choose-renewal"), MayCall(CallerRoles.Self)]
    Task<SpendingReply<RenewalChoiceView>> ChooseRenewal(ChooseRenewalRequest request, CancellationToken cancellation);

    /// <summary>Tells of a renewal, or tries to pay it, as a day asks for; what is done already is not done again.</summary>
    /// <param name="first">What was bought.</param>
    [Alias("renew")]
    Task Renew(Guid first, DateOnly day);
}

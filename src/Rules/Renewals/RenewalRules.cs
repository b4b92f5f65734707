using Stk.Rules.Money;
using Stk.Rules.Services;

namespace Stk.Rules.Renewals;

/// <summary>What an attempt finds.</summary>
/// <param name="State">Of the service; null where there is none of this id.</param>
/// <param name="Price">Of the version in force.</param>
/// <param name="Months">That this version is sold for; null where it is for another time.</param>
/// <param name="BoughtMonths">That the first one was bought for.</param>
/// <param name="MaxPrice">That the participant has agreed to.</param>
/// <param name="HasRecipients">Whether each role of the split has somebody who can be paid, and who is not the buyer.</param>
/// <param name="Available">What the payer has.</param>
public readonly record struct RenewalView(
    ServiceState? State, Amount Price, int? Months, int BoughtMonths, Amount MaxPrice, bool HasRecipients, bool IsSuspended,
    Amount Available);

/// <summary>Whether the next months of a service are paid.</summary>
public static class RenewalRules
{
    /// <summary>
    /// The first that says no, what its participant cannot mend before what they can; <see cref="RenewalOutcome.Paid"/>
    /// where nothing does.
    /// </summary>
    /// <returns>And what is missing: above zero where funds do, else null.</returns>
    public static (RenewalOutcome Outcome, Amount? Missing) Decide(RenewalView view) => view switch
    {
        { State: not ServiceState.Admitted } => (RenewalOutcome.ServiceWithdrawn, null),
        _ when view.Months != view.BoughtMonths => (RenewalOutcome.TermChanged, null),
        { HasRecipients: false } => (RenewalOutcome.RecipientUnresolved, null),
        { IsSuspended: true } => (RenewalOutcome.ParticipantSuspended, null),
        _ when view.Price > view.MaxPrice => (RenewalOutcome.PriceAboveMax, null),
        _ when view.Price > view.Available => (RenewalOutcome.InsufficientFunds, view.Price - view.Available),
        _ => (RenewalOutcome.Paid, null),
    };
}

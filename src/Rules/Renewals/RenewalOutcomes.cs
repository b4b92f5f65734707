using System.Diagnostics;

namespace Stk.Rules.Renewals;

/// <summary>How outcomes are named where people and programs read them.</summary>
public static class RenewalOutcomes
{
    /// <summary>For ever: stored in notices. <c>insufficient-funds</c>.</summary>
    /// <exception cref="UnreachableException">It is none that says why something was not renewed.</exception>
    public static string Because(this RenewalOutcome outcome) => outcome switch
    {
        RenewalOutcome.InsufficientFunds => "insufficient-funds",
        RenewalOutcome.PriceAboveMax => "price-above-max",
        RenewalOutcome.ServiceWithdrawn => "service-withdrawn",
        RenewalOutcome.RecipientUnresolved => "recipient-unresolved",
        RenewalOutcome.ParticipantSuspended => "participant-suspended",
        RenewalOutcome.TermChanged => "term-changed",
        _ => throw new UnreachableException(),
    };
}

using System.Diagnostics;
using Stk.Rules.Payouts;
using Stk.Settlement.Acts;
using Stk.Settlement.Refusals;

namespace Stk.Grains.Payouts;

/// <summary>What a person reads of a payout, from its row and its act's. Pure.</summary>
internal static class PayoutStages
{
    /// <param name="act">Null where no act has it.</param>
    public static PayoutStage Of(PayoutState payout, ActState? act) => (payout, act) switch
    {
        (PayoutState.Waiting, _) => PayoutStage.Waiting,
        (PayoutState.Paid, _) => PayoutStage.Paid,
        (PayoutState.Returned, _) => PayoutStage.Returned,
        // Nothing of it was sent yet; and of what has failed by another payee everything waits anew.
        (PayoutState.Taken, null or ActState.Planned or ActState.Failed) => PayoutStage.Waiting,
        (PayoutState.Taken, ActState.Uncertain) => PayoutStage.Checking,
        (PayoutState.Taken, _) => PayoutStage.Sending,
        _ => throw new UnreachableException(),
    };

    /// <summary>What a payout waits for of which nothing was sent; null where it waits for nothing but its turn.</summary>
    /// <param name="refusedBy">The rule by which the signer has refused it last; null where it has not.</param>
    /// <param name="isBatchRefused">Whether the signer refuses the act that has it.</param>
    /// <param name="general">What all wait for.</param>
    public static PayoutHold? HoldOf(PayoutState payout, string? refusedBy, bool isBatchRefused, PayoutHold? general) =>
        (payout, refusedBy) switch
        {
            (PayoutState.Taken, _) when isBatchRefused => PayoutHold.Signer,
            (PayoutState.Taken, _) or (_, null) => general,
            (_, Remedies.DailyCap) => PayoutHold.DayCap,
            (_, Remedies.DestinationUnripe) => PayoutHold.Wallet,
            _ => PayoutHold.Review,
        };
}

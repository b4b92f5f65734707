using System.Diagnostics;
using Stk.Rules.Payouts;
using Stk.Settlement.Acts;

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
}

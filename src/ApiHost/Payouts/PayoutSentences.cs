using System.Diagnostics;
using Stk.Rules.Payouts;

namespace Stk.ApiHost.Payouts;

/// <summary>What a payout's state means to its person. English; a cabinet has its own words by the state's name.</summary>
internal static class PayoutSentences
{
    public static string Of(PayoutStage stage, PayoutHold? hold, PayoutReason? reason) => stage switch
    {
        PayoutStage.Waiting => hold switch
        {
            null => "It waits for its turn, and can be called off.",
            PayoutHold.PayoutFloat => "It waits until enough STK are ready to be sent, which operators see to.",
            PayoutHold.Chain => "It waits for Solana: too few of our nodes answer.",
            PayoutHold.Signer => "It waits until it can be signed.",
            PayoutHold.DayCap => "As much as may leave on one day has left: it waits for the next, and can be called off.",
            PayoutHold.Wallet => "It waits until the wallet has been known for long enough, and can be called off.",
            PayoutHold.Lamports => "It waits until there is enough to pay Solana's fees, which operators see to.",
            PayoutHold.Review => "It waits until operators have looked at it, and can be called off.",
            _ => throw new UnreachableException(),
        },
        PayoutStage.Sending => "It is on its way, and is paid once nothing can take it back.",
        PayoutStage.Checking =>
            "We sent it and cannot yet prove whether it arrived. It is not lost and will not be paid twice; we look again every minute, and a person does after 30.",
        PayoutStage.Paid => "It has arrived for good.",
        PayoutStage.Returned => $"It is available again: {Because(reason)}.",
        _ => throw new UnreachableException(),
    };

    private static string Because(PayoutReason? reason) => reason switch
    {
        PayoutReason.WalletClosed => "the link of the wallet has ended",
        PayoutReason.NotSystemOwned => "a program owns the wallet's address",
        PayoutReason.TokenAccountOwnerChanged => "the wallet's token account belongs to somebody else",
        PayoutReason.TokenAccountMissing =>
            "the wallet's token account was closed, and we pay for making one only once; make it again in the wallet",
        PayoutReason.CalledOff => "you have called it off",
        PayoutReason.AboveMaximum => "it is above what one payout may be; take it in parts",
        _ => "it could not be paid",
    };
}

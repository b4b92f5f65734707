using System.Diagnostics;

namespace Stk.SignerCalls.Answers;

/// <summary>Names of <see cref="RefusalRule"/>, for ever: alarms stand on them.</summary>
public static class RefusalRules
{
    public static string WireName(this RefusalRule rule) => rule switch
    {
        RefusalRule.Malformed => "malformed",
        RefusalRule.BookLocked => "book-locked",
        RefusalRule.PlanDiffers => "plan-differs",
        RefusalRule.AmountDiffers => "amount-differs",
        RefusalRule.ForeignContent => "foreign-content",
        RefusalRule.MessageDiffers => "message-differs",
        RefusalRule.MemoForm => "memo-form",
        RefusalRule.ProofWrong => "proof-wrong",
        RefusalRule.ProofOfAnother => "proof-of-another",
        RefusalRule.DestinationUnripe => "destination-unripe",
        RefusalRule.PayoutMax => "payout-max",
        RefusalRule.DailyCap => "daily-cap",
        RefusalRule.AttemptDiffers => "attempt-differs",
        RefusalRule.PayoutDiffers => "payout-differs",
        RefusalRule.SignedBefore => "signed-before",
        RefusalRule.Landed => "landed",
        _ => throw new UnreachableException(),
    };
}

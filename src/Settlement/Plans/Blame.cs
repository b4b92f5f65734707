using Stk.Solana.Rpc;

namespace Stk.Settlement.Plans;

/// <summary>Which payee a batch has failed by.</summary>
public static class Blame
{
    // Of SPL Token and of the system's program: the sender has too little. That is the float, never a payee.
    private const uint InsufficientFunds = 1;

    /// <summary>The payee whose instruction failed and what is wrong there; null where it is nobody's fault.</summary>
    public static (PlannedPayout Payout, PayeeFlaw Flaw)? Of(ActPlan plan, TransactionError error)
    {
        if (error is not TransactionError.InstructionFailed failed || IsOurs(failed))
        {
            return null;
        }

        var instruction = plan.FirstInstruction;
        foreach (var payout in plan.Payouts)
        {
            if (payout.NeedsAccount && failed.Index == instruction++)
            {
                return (payout, IsOfAnOwner(failed) ? PayeeFlaw.TokenAccountOwnerChanged : PayeeFlaw.NotSystemOwned);
            }

            if (failed.Index == instruction++)
            {
                // A transfer fails where the account is gone; to one that was given away it succeeds.
                return (payout, PayeeFlaw.TokenAccountMissing);
            }
        }

        return null;
    }

    private static bool IsOurs(TransactionError.InstructionFailed failed) => failed
        is { CustomCode: InsufficientFunds }
        or { Name: "ComputationalBudgetExceeded" or "ProgramFailedToComplete" or "InsufficientFunds" };

    // The associated account's program: the address is there and is somebody else's (InvalidOwner has the number 0).
    private static bool IsOfAnOwner(TransactionError.InstructionFailed failed) => failed
        is { CustomCode: 0 } or { Name: "IllegalOwner" or "InvalidAccountOwner" or "InvalidAccountData" };
}

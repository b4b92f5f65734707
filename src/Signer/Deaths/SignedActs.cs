using System.Collections.Immutable;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;
using Stk.Signer.Judging;
using Stk.SignerCalls.Answers;
using Stk.Solana.Keys;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;

namespace Stk.Signer.Deaths;

/// <summary>An act as the signer's file has it, in the form that looks take. Pure.</summary>
internal static class SignedActs
{
    /// <param name="attempts">All of one act, in order; all but the last are dead.</param>
    public static ChainAct ToChainAct(IReadOnlyList<SignedAct> attempts, SignerTerms terms)
    {
        var last = attempts[^1];
        return ChainAct.New(last.Act, PlanOf(last, terms), epoch: 0) with
        {
            State = ActState.Uncertain,
            Attempts = [.. attempts.Select(one => AttemptOf(one, isDead: one != last))],
        };
    }

    private static Attempt AttemptOf(SignedAct act, bool isDead) => new(
        act.Attempt, [.. act.Transaction], Signature.Parse(act.Signature),
        new Lifetime.Recent(Blockhash.Parse(act.Blockhash), act.LastValidHeight), act.SignedSlot, act.Node,
        Outcome: isDead ? AttemptOutcome.Expired : null);

    private static ActPlan PlanOf(SignedAct act, SignerTerms terms)
    {
        if (act.Memo is { } text)
        {
            return ActPlan.OfMemo(terms.PayoutFloat, terms.Mint, text);
        }

        ImmutableArray<Payout> payouts =
        [
            .. act.Payouts.Select(payout => new Payout(
                payout.Id, PublicKey.Parse(payout.Wallet), payout.AmountMicro, payout.NeedsAccount)),
        ];
        // What the units were does not matter to a look, which reads the bytes.
        var batch = new PayoutBatch(
            payouts,
            [.. payouts.Select(payout =>
                AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(payout.Wallet, terms.Mint))],
            UnitLimit: 0);
        return ActPlan.OfBatch(batch, terms.At(unitPriceMicroLamports: 0));
    }
}

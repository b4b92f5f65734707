using System.Collections.Immutable;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;

namespace Stk.Solana.Payouts;

/// <summary>The payouts of one transaction: all of them happen, or none.</summary>
/// <param name="Payouts">In the order of their instructions; those that need an account first.</param>
/// <param name="Accounts">Each payout's token account, in the same order.</param>
/// <param name="UnitLimit">What the transaction may use. Unit: compute units.</param>
public sealed record PayoutBatch(
    ImmutableArray<Payout> Payouts, ImmutableArray<PublicKey> Accounts, uint UnitLimit)
{
    /// <summary>The message to sign.</summary>
    /// <param name="reference">By what the transaction is found on chain: <see cref="BatchReference.Of"/>.</param>
    /// <param name="lifetime">A recent blockhash, or the value of the terms' nonce.</param>
    public Message ToMessage(PayoutTerms terms, PublicKey reference, Blockhash lifetime) =>
        terms.Begin(lifetime).AddInstructions(Instructions(terms, reference)).BuildMessage();

    /// <summary>The instructions without a lifetime, for those who add lookup tables.</summary>
    public ImmutableArray<TransactionInstruction> Instructions(PayoutTerms terms, PublicKey reference)
    {
        var instructions = ImmutableArray.CreateBuilder<TransactionInstruction>(2 + (2 * Payouts.Length));
        instructions.Add(ComputeBudgetProgram.SetComputeUnitLimit(UnitLimit));
        instructions.Add(ComputeBudgetProgram.SetComputeUnitPrice(terms.UnitPriceMicroLamports));
        for (var place = 0; place < Payouts.Length; place++)
        {
            var (payout, account) = (Payouts[place], Accounts[place]);
            if (payout.NeedsAccount)
            {
                instructions.Add(AssociatedTokenAccountProgram.CreateIdempotent(
                    terms.PayoutFloat, account, payout.Wallet, terms.Mint));
            }

            var transfer = TokenProgram.TransferChecked(
                terms.FloatTokens, account, payout.AmountMicro, terms.Decimals, terms.PayoutFloat, terms.Mint);
            // On one transfer only: a second would cost a byte and find nothing more.
            instructions.Add(place == 0 ? transfer.WithReference(reference) : transfer);
        }

        return instructions.ToImmutable();
    }
}

using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Solana.Payouts;

/// <summary>What all transactions of a plan have in common.</summary>
/// <param name="PayoutFloat">Signs, pays fees and rent.</param>
/// <param name="FloatTokens">What is paid from.</param>
/// <param name="Decimals">The mint's.</param>
/// <param name="UnitPriceMicroLamports">For being early. Unit: micro-lamports a compute unit.</param>
/// <param name="NonceAccount">A durable nonce of the float instead of a blockhash; null for a blockhash.</param>
public sealed record PayoutTerms(
    PublicKey PayoutFloat,
    PublicKey FloatTokens,
    PublicKey Mint,
    byte Decimals,
    ulong UnitPriceMicroLamports,
    PublicKey? NonceAccount = null)
{
    /// <summary>The builder for a lifetime: a recent blockhash, or the nonce's value.</summary>
    internal TransactionBuilder Begin(Blockhash lifetime)
    {
        var builder = new TransactionBuilder().SetFeePayer(PayoutFloat);
        return NonceAccount is { } nonce
            ? builder.SetNonceInformation(new(nonce, PayoutFloat, lifetime))
            : builder.SetRecentBlockHash(lifetime);
    }
}

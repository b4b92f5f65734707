using Stk.Solana.Keys;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;
using Stk.Solana.Vaults;

namespace Stk.Signer.Judging;

/// <summary>What the signer goes by: its own settings, and nothing of who asks.</summary>
/// <param name="PayoutMaxMicro">The most of one payout; null: no bound. Unit: micro-STK.</param>
/// <param name="DailyCapMicro">The most of a day, in UTC; null: no bound. Unit: micro-STK.</param>
/// <param name="Wait">How long a destination has to be known, by the signer's clock.</param>
internal sealed record SignerTerms(
    PublicKey PayoutFloat, PublicKey Mint, ulong? PayoutMaxMicro, ulong? DailyCapMicro, TimeSpan Wait)
{
    /// <summary>Its price would empty the float of lamports: no batch costs more than 0.0014 SOL.</summary>
    public const ulong UnitPriceMost = 1_000_000;

    public PayoutTerms At(ulong unitPriceMicroLamports) => new(
        PayoutFloat, AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(PayoutFloat, Mint), Mint,
        VaultSetup.Decimals, unitPriceMicroLamports);
}

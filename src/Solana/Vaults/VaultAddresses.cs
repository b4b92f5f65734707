using Stk.Solana.Keys;
using Stk.Solana.Programs;

namespace Stk.Solana.Vaults;

/// <summary>Where STK is on chain. Public.</summary>
/// <param name="VaultTokens">The vault's token account: most of what the ledger owes.</param>
/// <param name="FloatTokens">The float's token account: what payouts are made from.</param>
public sealed record VaultAddresses(
    PublicKey Mint,
    PublicKey MintAuthority,
    PublicKey Vault,
    PublicKey VaultTokens,
    PublicKey PayoutFloat,
    PublicKey FloatTokens)
{
    public static VaultAddresses Of(PublicKey mint, PublicKey mintAuthority, PublicKey vault, PublicKey payoutFloat) =>
        new(
            mint,
            mintAuthority,
            vault,
            AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(vault, mint),
            payoutFloat,
            AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(payoutFloat, mint));
}

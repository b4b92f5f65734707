using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Solana.Programs;

/// <summary>Gives each wallet one token account a mint, at an address that anyone can compute.</summary>
public static class AssociatedTokenAccountProgram
{
    public static readonly PublicKey ProgramId = PublicKey.Parse("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");

    /// <summary>Where the wallet's tokens of this mint are, whether the account exists yet or not.</summary>
    public static PublicKey DeriveAssociatedTokenAccount(PublicKey owner, PublicKey mint) =>
        FindAssociatedTokenAccount(owner, mint).Address;

    /// <summary>The same, with its bump: how often the program has to try to find it again.</summary>
    public static ProgramAddress FindAssociatedTokenAccount(PublicKey owner, PublicKey mint) =>
        ProgramAddress.Find(ProgramId, owner.ToArray(), TokenProgram.ProgramId.ToArray(), mint.ToArray());

    /// <summary>Makes the account, and succeeds where it stands already: paying twice into a race does no harm.</summary>
    /// <param name="payer">Pays the rent; signs.</param>
    public static TransactionInstruction CreateIdempotent(PublicKey payer, PublicKey owner, PublicKey mint) =>
        CreateIdempotent(payer, DeriveAssociatedTokenAccount(owner, mint), owner, mint);

    /// <inheritdoc cref="CreateIdempotent(PublicKey, PublicKey, PublicKey)"/>
    /// <param name="account">The derived address, where it is known already.</param>
    public static TransactionInstruction CreateIdempotent(
        PublicKey payer, PublicKey account, PublicKey owner, PublicKey mint) =>
        new(
            ProgramId,
            [
                AccountMeta.Writable(payer, isSigner: true),
                AccountMeta.Writable(account),
                AccountMeta.ReadOnly(owner),
                AccountMeta.ReadOnly(mint),
                AccountMeta.ReadOnly(SystemProgram.ProgramId),
                AccountMeta.ReadOnly(TokenProgram.ProgramId),
            ],
            [1]);
}

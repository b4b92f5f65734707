using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Solana.Programs;

/// <summary>SPL Token, the program of all fungible tokens. Amounts are in the mint's smallest unit.</summary>
/// <remarks>docs.rs/spl-token, <c>TokenInstruction</c>.</remarks>
public static class TokenProgram
{
    public static readonly PublicKey ProgramId = PublicKey.Parse("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");

    /// <summary>Moves tokens, and fails where mint or decimals are not what the sender believes.</summary>
    public static TransactionInstruction TransferChecked(
        PublicKey source, PublicKey destination, ulong amount, byte decimals, PublicKey authority, PublicKey mint) =>
        new(
            ProgramId,
            [
                AccountMeta.Writable(source),
                AccountMeta.ReadOnly(mint),
                AccountMeta.Writable(destination),
                AccountMeta.ReadOnly(authority, isSigner: true),
            ],
            new InstructionBytes(10).Byte(12).UInt64(amount).Byte(decimals).ToImmutable());

    public static TransactionInstruction MintTo(
        PublicKey mint, PublicKey destination, ulong amount, PublicKey mintAuthority) =>
        new(
            ProgramId,
            [
                AccountMeta.Writable(mint),
                AccountMeta.Writable(destination),
                AccountMeta.ReadOnly(mintAuthority, isSigner: true),
            ],
            new InstructionBytes(9).Byte(7).UInt64(amount).ToImmutable());

    public static TransactionInstruction Burn(PublicKey source, PublicKey mint, ulong amount, PublicKey authority) =>
        new(
            ProgramId,
            [
                AccountMeta.Writable(source),
                AccountMeta.Writable(mint),
                AccountMeta.ReadOnly(authority, isSigner: true),
            ],
            new InstructionBytes(9).Byte(8).UInt64(amount).ToImmutable());

    /// <param name="account">A mint or a token account.</param>
    /// <param name="newAuthority">Null gives the right up for ever.</param>
    public static TransactionInstruction SetAuthority(
        PublicKey account, AuthorityType type, PublicKey currentAuthority, PublicKey? newAuthority) =>
        new(
            ProgramId,
            [AccountMeta.Writable(account), AccountMeta.ReadOnly(currentAuthority, isSigner: true)],
            new InstructionBytes(35).Byte(6).Byte((byte)type).OptionalKey(newAuthority).ToImmutable());

    /// <summary>Makes a mint of an account just created with <see cref="MintAccount.Size"/> bytes.</summary>
    /// <param name="freezeAuthority">Null: nobody can ever freeze a holder's account.</param>
    public static TransactionInstruction InitializeMint2(
        PublicKey mint, byte decimals, PublicKey mintAuthority, PublicKey? freezeAuthority) =>
        new(
            ProgramId,
            [AccountMeta.Writable(mint)],
            new InstructionBytes(67).Byte(20).Byte(decimals).Key(mintAuthority).OptionalKey(freezeAuthority)
                .ToImmutable());
}

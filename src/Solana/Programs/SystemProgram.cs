using System.Text;
using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Solana.Programs;

/// <summary>Makes accounts, moves lamports, keeps durable nonces.</summary>
/// <remarks>docs.rs/solana-system-interface, <c>SystemInstruction</c>.</remarks>
public static class SystemProgram
{
    public static readonly PublicKey ProgramId = PublicKey.Parse("11111111111111111111111111111111");

    /// <summary>The system variable of recent blockhashes: deprecated for all, and still asked for by nonces.</summary>
    public static readonly PublicKey RecentBlockhashes = PublicKey.Parse("SysvarRecentB1ockHashes11111111111111111111");

    public static readonly PublicKey Rent = PublicKey.Parse("SysvarRent111111111111111111111111111111111");

    /// <param name="from">Pays the lamports; signs.</param>
    /// <param name="created">The new account; signs.</param>
    /// <param name="lamports">At least what makes it exempt from rent.</param>
    /// <param name="space">Unit: bytes.</param>
    /// <param name="owner">The program that may write it.</param>
    public static TransactionInstruction CreateAccount(
        PublicKey from, PublicKey created, ulong lamports, ulong space, PublicKey owner) =>
        new(
            ProgramId,
            [AccountMeta.Writable(from, isSigner: true), AccountMeta.Writable(created, isSigner: true)],
            new InstructionBytes(52).UInt32(0).UInt64(lamports).UInt64(space).Key(owner).ToImmutable());

    public static TransactionInstruction Transfer(PublicKey from, PublicKey to, ulong lamports) =>
        new(
            ProgramId,
            [AccountMeta.Writable(from, isSigner: true), AccountMeta.Writable(to)],
            new InstructionBytes(12).UInt32(2).UInt64(lamports).ToImmutable());

    /// <summary>Makes the account of <see cref="SeedAddress"/>, which needs no key of its own.</summary>
    /// <param name="from">Pays the lamports; signs.</param>
    /// <param name="created">The address of base, seed and owner.</param>
    /// <param name="keyed">The base; signs.</param>
    /// <param name="seed">At most 32 bytes.</param>
    /// <inheritdoc cref="CreateAccount"/>
    public static TransactionInstruction CreateAccountWithSeed(
        PublicKey from, PublicKey created, PublicKey keyed, string seed, ulong lamports, ulong space, PublicKey owner)
    {
        var text = Encoding.UTF8.GetBytes(seed);
        return new(
            ProgramId,
            [
                AccountMeta.Writable(from, isSigner: true),
                AccountMeta.Writable(created),
                AccountMeta.ReadOnly(keyed, isSigner: true),
            ],
            new InstructionBytes(92 + text.Length).UInt32(3).Key(keyed).UInt64((ulong)text.Length).Bytes(text)
                .UInt64(lamports).UInt64(space).Key(owner).ToImmutable());
    }

    /// <summary>
    /// Puts the latest blockhash into the nonce account. The first instruction of whatever uses the nonce.
    /// </summary>
    public static TransactionInstruction AdvanceNonceAccount(PublicKey nonce, PublicKey authority) =>
        new(
            ProgramId,
            [
                AccountMeta.Writable(nonce),
                AccountMeta.ReadOnly(RecentBlockhashes),
                AccountMeta.ReadOnly(authority, isSigner: true),
            ],
            new InstructionBytes(4).UInt32(4).ToImmutable());

    public static TransactionInstruction WithdrawNonceAccount(
        PublicKey nonce, PublicKey to, PublicKey authority, ulong lamports) =>
        new(
            ProgramId,
            [
                AccountMeta.Writable(nonce),
                AccountMeta.Writable(to),
                AccountMeta.ReadOnly(RecentBlockhashes),
                AccountMeta.ReadOnly(Rent),
                AccountMeta.ReadOnly(authority, isSigner: true),
            ],
            new InstructionBytes(12).UInt32(5).UInt64(lamports).ToImmutable());

    /// <summary>Makes a nonce account of one just created with <see cref="NonceAccount.Size"/> bytes.</summary>
    public static TransactionInstruction InitializeNonceAccount(PublicKey nonce, PublicKey authority) =>
        new(
            ProgramId,
            [AccountMeta.Writable(nonce), AccountMeta.ReadOnly(RecentBlockhashes), AccountMeta.ReadOnly(Rent)],
            new InstructionBytes(36).UInt32(6).Key(authority).ToImmutable());

    public static TransactionInstruction AuthorizeNonceAccount(
        PublicKey nonce, PublicKey authority, PublicKey newAuthority) =>
        new(
            ProgramId,
            [AccountMeta.Writable(nonce), AccountMeta.ReadOnly(authority, isSigner: true)],
            new InstructionBytes(36).UInt32(7).Key(newAuthority).ToImmutable());
}

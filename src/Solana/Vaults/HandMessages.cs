using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;

namespace Stk.Solana.Vaults;

/// <summary>
/// The messages that the holders of keys sign. Service and holder make the same one, to the byte: the key pays its fee, has
/// its own durable nonce, and what moves tokens names the act's reference. Pure.
/// </summary>
public static class HandMessages
{
    /// <summary>New tokens into the vault.</summary>
    /// <param name="act">The act's id.</param>
    /// <param name="signer">The mint authority.</param>
    /// <param name="nonce">What stands in the signer's nonce account.</param>
    public static Message Mint(
        Guid act, PublicKey signer, PublicKey mint, PublicKey vaultTokens, ulong amountMicro, Blockhash nonce) =>
        Message(signer, nonce, TokenProgram.MintTo(mint, vaultTokens, amountMicro, signer)
            .WithReference(BatchReference.Of(act)));

    /// <summary>From the vault to the float.</summary>
    /// <param name="signer">The vault.</param>
    /// <inheritdoc cref="Mint"/>
    public static Message Refill(
        Guid act, PublicKey signer, PublicKey mint, PublicKey vaultTokens, PublicKey floatTokens, ulong amountMicro,
        Blockhash nonce) =>
        Message(signer, nonce, TokenProgram.TransferChecked(
            vaultTokens, floatTokens, amountMicro, VaultSetup.Decimals, signer, mint)
            .WithReference(BatchReference.Of(act)));

    /// <summary>Out of the vault, and out of the supply.</summary>
    /// <inheritdoc cref="Refill"/>
    public static Message Burn(
        Guid act, PublicKey signer, PublicKey mint, PublicKey vaultTokens, ulong amountMicro, Blockhash nonce) =>
        Message(signer, nonce, TokenProgram.Burn(vaultTokens, mint, amountMicro, signer)
            .WithReference(BatchReference.Of(act)));

    /// <summary>From the vault back to a wallet, whose token account is made where it is gone.</summary>
    /// <param name="signer">The vault.</param>
    /// <param name="wallet">Who owns the token account.</param>
    /// <inheritdoc cref="Mint"/>
    public static Message Return(
        Guid act, PublicKey signer, PublicKey mint, PublicKey vaultTokens, PublicKey wallet, ulong amountMicro,
        Blockhash nonce)
    {
        var tokens = AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(wallet, mint);
        return Message(
            signer, nonce, AssociatedTokenAccountProgram.CreateIdempotent(signer, tokens, wallet, mint),
            TokenProgram.TransferChecked(vaultTokens, tokens, amountMicro, VaultSetup.Decimals, signer, mint)
                .WithReference(BatchReference.Of(act)));
    }

    /// <summary>A text. Its program takes signers alone: it names no reference.</summary>
    /// <inheritdoc cref="Refill"/>
    public static Message Memo(PublicKey signer, string text, Blockhash nonce) =>
        Message(signer, nonce, MemoProgram.NewMemo(text, signer));

    private static Message Message(PublicKey signer, Blockhash nonce, params TransactionInstruction[] instructions) =>
        new TransactionBuilder()
            .SetFeePayer(signer)
            .SetNonceInformation(new(HandNonce.Of(signer), signer, nonce))
            .AddInstructions(instructions)
            .BuildMessage();
}

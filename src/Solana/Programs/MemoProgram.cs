using System.Collections.Immutable;
using System.Text;
using Stk.Solana.Keys;
using Stk.Solana.Messages;

namespace Stk.Solana.Programs;

/// <summary>Puts a text on chain, signed by those named.</summary>
public static class MemoProgram
{
    public static readonly PublicKey ProgramId = PublicKey.Parse("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");

    // A lone surrogate would become a question mark on chain, silently.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="EncoderFallbackException">The text is not well-formed.</exception>
    public static TransactionInstruction NewMemo(string memo, params ReadOnlySpan<PublicKey> signers)
    {
        var keys = ImmutableArray.CreateBuilder<AccountMeta>(signers.Length);
        foreach (var signer in signers)
        {
            keys.Add(AccountMeta.ReadOnly(signer, isSigner: true));
        }

        return new(ProgramId, keys.MoveToImmutable(), [.. Strict.GetBytes(memo)]);
    }
}

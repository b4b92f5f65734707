using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;

namespace Stk.Solana.SignIn;

/// <summary>
/// A challenge as a transaction, for wallets that sign nothing else: one memo that holds its text, paid by the wallet. Its
/// lifetime is the text's hash, which is no block's, so that it can never land. Nobody sends it.
/// </summary>
public static class LinkTransaction
{
    /// <summary>What the wallet is to sign.</summary>
    /// <param name="text">The challenge's.</param>
    public static Transaction For(string text, PublicKey wallet)
    {
        var message = new TransactionBuilder()
            .SetFeePayer(wallet)
            .SetRecentBlockHash(Lifetime(text))
            .AddInstruction(MemoProgram.NewMemo(text, wallet))
            .BuildMessage();
        return new(message, [.. Enumerable.Repeat(Signature.Missing, message.SignerCount)]);
    }

    /// <summary>
    /// Whether a transaction is the wallet's answer to the challenge, whatever the wallet has put beside the memo: budget,
    /// priority, a guard. None of that can happen, for it cannot land.
    /// </summary>
    public static SignatureVerdict Check(Transaction transaction, string text, PublicKey wallet)
    {
        var message = transaction.Message;
        var memos = message.Instructions
            .Where(instruction => message.StaticKeys[instruction.ProgramIndex] == MemoProgram.ProgramId)
            .Take(2).ToImmutableArray();
        return message.FeePayer == wallet && message.Lifetime == Lifetime(text)
            && memos is [var memo] && memo.Data.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text))
                ? SignatureCheck.Verify(wallet, message.Serialize(), transaction.Id)
                : SignatureVerdict.Wrong;
    }

    private static Blockhash Lifetime(string text) => new(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}

using System.Text.RegularExpressions;
using Stk.Rules.Weeks;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;

namespace Stk.SignerCalls.Asks;

/// <summary>The memo that a week leaves on chain: <c>stk:week:2025-W51:ROOT:SEQUENCE:HEAD</c>, hashes in hex.</summary>
public static partial class WeekMemo
{
    // The program looks at each byte, and at each signer; a text of this form takes some 70,000.
    private const uint UnitLimit = 200_000;

    /// <summary>Whether a text has the form, and names a week that there is.</summary>
    public static bool IsOne(string text) =>
        Form().Match(text) is { Success: true } match && WeekId.TryParse(match.Groups[1].Value, out _);

    /// <summary>The message to sign: budget and the memo, paid and signed by the float. It moves nothing.</summary>
    public static Message ToMessage(string text, PayoutTerms terms, Blockhash lifetime) => new TransactionBuilder()
        .SetFeePayer(terms.PayoutFloat)
        .SetRecentBlockHash(lifetime)
        .AddInstruction(ComputeBudgetProgram.SetComputeUnitLimit(UnitLimit))
        .AddInstruction(ComputeBudgetProgram.SetComputeUnitPrice(terms.UnitPriceMicroLamports))
        .AddInstruction(MemoProgram.NewMemo(text, terms.PayoutFloat))
        .BuildMessage();

    [GeneratedRegex(@"\Astk:week:([0-9]{4}-W[0-9]{2}):[0-9a-f]{64}:[0-9]{1,19}:[0-9a-f]{64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}

using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Stk.Settlement.Acts;
using Stk.Settlement.Machine;
using Stk.SignerCalls.Asks;

namespace Stk.SignerCalls.Answers;

/// <summary>What the signer answers. A closed set: nothing outside can add a case.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "answer")]
[JsonDerivedType(typeof(Granted), "signed")]
[JsonDerivedType(typeof(Refused), "refused")]
[JsonDerivedType(typeof(NotNow), "not-now")]
[JsonDerivedType(typeof(Heard), "heard")]
[JsonDerivedType(typeof(Status), "status")]
[JsonDerivedType(typeof(Page), "page")]
public abstract record SignerAnswer
{
    private SignerAnswer()
    {
    }

    /// <summary>It has signed, now or before, and its file says so.</summary>
    /// <param name="Transaction">To be stored, then sent as it is.</param>
    /// <param name="Blockhash">Base58.</param>
    /// <param name="LastValidHeight">Unit: blocks.</param>
    /// <param name="SignedSlot">Final before it was signed.</param>
    /// <param name="Node">Of the signer's; the silo's may have other names.</param>
    public sealed record Granted(
        byte[] Transaction, string Blockhash, ulong LastValidHeight, ulong SignedSlot, string Node) : SignerAnswer
    {
        /// <summary>For the machine.</summary>
        /// <exception cref="FormatException">The blockhash is none.</exception>
        public Seen.GotSigned ToSeen(int attempt) => new(
            attempt, [.. Transaction],
            new Lifetime.Recent(Solana.Keys.Blockhash.Parse(Blockhash), LastValidHeight), SignedSlot, Node);
    }

    /// <summary>It does not sign this.</summary>
    /// <param name="Rule">A name of <see cref="RefusalRules"/>.</param>
    /// <param name="Why">A sentence, for the log and for operators.</param>
    /// <param name="Payout">The one that it is about; null where it is about all.</param>
    public sealed record Refused(string Rule, string Why, Guid? Payout) : SignerAnswer;

    /// <summary>Its own nodes do not answer now: the same may be asked again.</summary>
    public sealed record NotNow(string Why) : SignerAnswer;

    /// <summary>The destinations are in its file.</summary>
    /// <param name="Unproved">Addresses whose proof is not good; nothing is paid there.</param>
    public sealed record Heard(ImmutableArray<string> Unproved) : SignerAnswer;

    /// <param name="Locked">Why it signs nothing; null where it signs.</param>
    /// <param name="PayoutFloat">Whose key it has. Base58.</param>
    /// <param name="Count">Signatures in its file.</param>
    /// <param name="Head">The highest of the ledger that it was told; null where nothing is signed.</param>
    /// <param name="DayMicro">What it has signed today. Unit: micro-STK.</param>
    public sealed record Status(
        string? Locked, string PayoutFloat, long Count, LedgerHead? Head, ulong DayMicro) : SignerAnswer;

    /// <param name="IsLast">Whether nothing comes after it now.</param>
    public sealed record Page(ImmutableArray<SignedAct> Acts, bool IsLast) : SignerAnswer;
}

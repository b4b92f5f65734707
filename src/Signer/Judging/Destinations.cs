using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Stk.Rules.Wallets;
using Stk.Signer.Books;
using Stk.SignerCalls.Answers;
using Stk.SignerCalls.Asks;
using Stk.Solana.Keys;
using Stk.Solana.SignIn;

namespace Stk.Signer.Judging;

/// <summary>Whether a wallet is a participant's, by its proof, and since when the signer knows it. Pure.</summary>
internal static class Destinations
{
    // The text's second line is the address, and its fourth the statement, which names the participant.
    private const int AddressLine = 1;
    private const int StatementLine = 3;

    /// <summary>Lines for those that are new and proved.</summary>
    public static ImmutableArray<BookEntry> New(IEnumerable<AskedDestination> asked, Book book, DateTimeOffset now) =>
    [
        .. asked.Distinct()
            .Where(one => !book.IsProved(one.Participant, one.Wallet, HashOf(one.Proof)) && Flaw(one) is null)
            .Select(one => new BookEntry.Destination(one.Participant, one.Wallet, HashOf(one.Proof), now)),
    ];

    /// <summary>Why nothing is paid there; null where it may be.</summary>
    public static Objection? Objection(AskedPayout payout, Book book, DateTimeOffset now, TimeSpan wait)
    {
        var asked = new AskedDestination(payout.Participant, payout.Wallet, payout.Proof);
        if (!book.IsProved(payout.Participant, payout.Wallet, HashOf(payout.Proof)) && Flaw(asked) is { } flaw)
        {
            return flaw with { Payout = payout.Id };
        }

        return book.KnownSince(payout.Participant, payout.Wallet) is { } since && now - since >= wait
            ? null
            : new(RefusalRule.DestinationUnripe, "the destination is not known for long enough", payout.Id);
    }

    /// <summary>What is wrong with a proof; null where nothing is.</summary>
    public static Objection? Flaw(AskedDestination asked)
    {
        if (!PublicKey.TryParse(asked.Wallet, out var wallet, out _) || LinkProof.Read(asked.Proof) is not { } proof)
        {
            return new(RefusalRule.ProofWrong, "there is no proof, or no address");
        }

        var lines = proof.Text.Split('\n');
        return lines.ElementAtOrDefault(AddressLine) != asked.Wallet
            || lines.ElementAtOrDefault(StatementLine) != Challenges.Statement(asked.Participant)
                ? new(RefusalRule.ProofOfAnother, "the proof names another wallet or another participant")
            : proof.Check(wallet) != SignatureVerdict.Valid
                ? new(RefusalRule.ProofWrong, "the wallet's key has not signed the proof")
            : null;
    }

    private static string HashOf(string proof) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(proof)));
}

using System.Collections.Immutable;
using System.Text;
using Stk.Rules.Wallets;
using Stk.Settlement.Plans;
using Stk.SignerCalls.Asks;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;
using Stk.Solana.SignIn;

namespace Stk.Signer.Tests;

/// <summary>Payouts to ann and bob, as a silo asks for them, and ways to ask otherwise.</summary>
internal static class TestBatch
{
    public const string Week = "stk:week:2025-W51:"
        + "1111111111111111111111111111111111111111111111111111111111111111:42:"
        + "2222222222222222222222222222222222222222222222222222222222222222";

    public static readonly byte[] FloatSeed = Seed(1);
    public static readonly PublicKey PayoutFloat = KeyOf(1);
    public static readonly PublicKey Mint = KeyOf(2);
    public static readonly Guid Act = new("7f0c4e1a-6c1d-4d6e-9a30-0d6f0a1b2c3d");

    public static readonly PayoutTerms Terms = new(
        PayoutFloat, AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(PayoutFloat, Mint), Mint, Decimals: 6,
        UnitPriceMicroLamports: 1_000);

    private static readonly LedgerHead Head = new(42, new('a', 64));

    public static byte[] Seed(byte value) => [.. Enumerable.Repeat(value, Account.SeedLength)];

    public static PublicKey KeyOf(byte seed)
    {
        using var account = Account.FromSeed(Seed(seed));
        return account.PublicKey;
    }

    public static AskedPayout Ann(ulong amountMicro = 3_000_000) => Payout(1, "ann", walletSeed: 11, amountMicro);

    public static AskedPayout Bob(ulong amountMicro = 2_000_000) => Payout(2, "bob", walletSeed: 12, amountMicro);

    public static AskedPayout Payout(int number, string participant, byte walletSeed, ulong amountMicro) => new(
        new(number, 0, 0, new byte[8]), participant, KeyOf(walletSeed).ToString(), amountMicro, NeedsAccount: false,
        Proof(participant, walletSeed));

    /// <summary>The link's proof.</summary>
    /// <param name="signerSeed">Whose key signs it; null: the wallet's.</param>
    public static string Proof(string participant, byte walletSeed, byte? signerSeed = null)
    {
        var at = new DateTimeOffset(2025, 12, 1, 9, 0, 0, TimeSpan.Zero);
        var text = SignInChallenge.Create(
            "stk.example", KeyOf(walletSeed), Challenges.Statement(participant), new("https://stk.example/"), "localnet",
            new('0', 32), at, at.AddMinutes(5)).ToString();
        using var signer = Account.FromSeed(Seed(signerSeed ?? walletSeed));
        return new LinkProof.OfMessage(text, signer.Sign(Encoding.UTF8.GetBytes(text)).ToString(), SignedMessage: null)
            .ToJson();
    }

    /// <summary>As a silo that means well asks.</summary>
    public static SignerAsk.OfBatch Ask(params ImmutableArray<AskedPayout> payouts) => Ask(Act, 1, payouts);

    /// <inheritdoc cref="Ask(ImmutableArray{AskedPayout})"/>
    public static SignerAsk.OfBatch Ask(Guid act, int attempt, params ImmutableArray<AskedPayout> payouts) => new(
        act, attempt, PlanOf(payouts).ToJson(), payouts, Terms.UnitPriceMicroLamports, MessageOf(act, payouts).Serialize(),
        Head);

    public static SignerAsk.OfMemo AskMemo(string text, int attempt = 1, params ReadOnlySpan<TransactionInstruction> more) =>
        new(
            Act, attempt, text, Terms.UnitPriceMicroLamports,
            With(WeekMemo.ToMessage(text, Terms, default), text, more).Serialize(), Head);

    public static ActPlan PlanOf(ImmutableArray<AskedPayout> payouts) => ActPlan.OfBatch(BatchOf(payouts), Terms);

    public static Message MessageOf(Guid act, ImmutableArray<AskedPayout> payouts) =>
        BatchOf(payouts).ToMessage(Terms, BatchReference.Of(act), default);

    /// <summary>A batch's message with one instruction more.</summary>
    public static Message MessageWith(ImmutableArray<AskedPayout> payouts, TransactionInstruction more) =>
        new TransactionBuilder().SetFeePayer(PayoutFloat).SetRecentBlockHash(default)
            .AddInstructions(BatchOf(payouts).Instructions(Terms, BatchReference.Of(Act))).AddInstruction(more)
            .BuildMessage();

    public static TransactionInstruction TransferTo(byte walletSeed, ulong amountMicro) => TokenProgram.TransferChecked(
        Terms.FloatTokens, AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(KeyOf(walletSeed), Mint), amountMicro,
        Terms.Decimals, PayoutFloat, Mint);

    private static Message With(Message message, string text, ReadOnlySpan<TransactionInstruction> more) => more.IsEmpty
        ? message
        : new TransactionBuilder().SetFeePayer(PayoutFloat).SetRecentBlockHash(default)
            .AddInstruction(MemoProgram.NewMemo(text, PayoutFloat)).AddInstructions(more.ToArray()).BuildMessage();

    private static PayoutBatch BatchOf(ImmutableArray<AskedPayout> payouts) => PayoutPlanner.Plan(
        [.. payouts.Select(payout => new Payout(
            payout.Id, PublicKey.Parse(payout.Wallet), payout.AmountMicro, payout.NeedsAccount))],
        Terms).Single();
}

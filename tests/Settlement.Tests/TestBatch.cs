using System.Collections.Concurrent;
using System.Collections.Immutable;
using Stk.Settlement.Acts;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Tests;

/// <summary>A batch of three payouts, its keys, and its transaction as it lands.</summary>
internal static class TestBatch
{
    public static readonly Account PayoutFloat = Account.FromSeed(Seed(1));
    public static readonly Account Stranger = Account.FromSeed(Seed(2));
    public static readonly PublicKey Mint = Address(3);
    public static readonly PublicKey FloatTokens = Address(4);
    public static readonly Guid Id = new("7f0c4e1a-6c1d-4d6e-9a30-0d6f0a1b2c3d");
    public static readonly PublicKey Reference = BatchReference.Of(Id);

    public static readonly PayoutTerms Terms =
        new(PayoutFloat.PublicKey, FloatTokens, Mint, Decimals: 6, UnitPriceMicroLamports: 1_000);

    // The first needs an account.
    public static readonly PayoutBatch Batch = PayoutPlanner.Plan(
        [.. Enumerable.Range(1, 3).Select(place => new Payout(
            PayoutId(place), Address(10 + place), (ulong)place * 1_000_000, NeedsAccount: place == 1))],
        Terms).Single();

    public static readonly ActPlan Plan = ActPlan.OfBatch(Batch, Terms);

    private static readonly ConcurrentDictionary<int, Attempt> Attempts = new();

    public static byte[] Seed(byte value) => [.. Enumerable.Repeat(value, Account.SeedLength)];

    public static Guid PayoutId(int place) => new(place, 0, 0, new byte[8]);

    public static PublicKey Address(int number)
    {
        var bytes = new byte[PublicKey.Length];
        BitConverter.TryWriteBytes(bytes, number);
        bytes[^1] = 0x5A;
        return new(bytes);
    }

    public static Blockhash Hash(int number)
    {
        var bytes = new byte[Blockhash.Length];
        BitConverter.TryWriteBytes(bytes, number);
        return new(bytes);
    }

    public static Signature Signature(int number)
    {
        var bytes = new byte[Solana.Keys.Signature.Length];
        BitConverter.TryWriteBytes(bytes, number);
        return new(bytes);
    }

    /// <summary>The batch's transaction, signed.</summary>
    public static Transaction Signed(Blockhash lifetime, PayoutTerms? terms = null) =>
        Transaction.Sign(Batch.ToMessage(terms ?? Terms, Reference, lifetime), PayoutFloat);

    /// <summary>Somebody else's transaction that names the reference, and has our instructions where asked.</summary>
    public static Transaction OfAStranger(bool copiesThePlan)
    {
        var copy = Batch.Instructions(Terms, Reference).Select(instruction => instruction with
        {
            Keys = [.. instruction.Keys.Select(key =>
                key.PublicKey == PayoutFloat.PublicKey ? key with { PublicKey = Stranger.PublicKey } : key)],
        });
        var memo = MemoProgram.NewMemo("mine") with { Keys = [] };
        return new TransactionBuilder().SetFeePayer(Stranger.PublicKey).SetRecentBlockHash(Hash(77))
            .AddInstructions(copiesThePlan ? copy : [memo.WithReference(Reference)])
            .Build(Stranger);
    }

    /// <summary>A transaction as a node shows it after it has landed.</summary>
    /// <param name="moves">What it moved; null for the plan's.</param>
    public static LandedTransaction Landed(
        Transaction transaction, ulong slot, TransactionError? failure = null, IEnumerable<TokenMove>? moves = null)
    {
        var keys = transaction.Message.StaticKeys;
        var before = new Dictionary<PublicKey, ulong> { [FloatTokens] = 1_000_000_000 };
        var after = new Dictionary<PublicKey, ulong>(before);
        foreach (var (from, to, amountMicro) in failure is null ? moves ?? Plan.Moves : [])
        {
            if (from is { } source)
            {
                after[source] -= amountMicro;
            }

            if (to is { } destination)
            {
                after[destination] = after.GetValueOrDefault(destination) + amountMicro;
            }
        }

        return new(
            slot, [.. transaction.Serialize()], failure, Fee: 5_000, [], [], Balances(before), Balances(after),
            ComputeUnits: 1_000, BlockTime: null);

        ImmutableArray<TokenBalance> Balances(Dictionary<PublicKey, ulong> amounts) =>
        [
            .. amounts.Where(one => keys.Contains(one.Key))
                .Select(one => new TokenBalance(keys.IndexOf(one.Key), Mint, null, one.Value)),
        ];
    }

    /// <summary>An attempt of the batch: signed in slot 1,000, good until height 1,150.</summary>
    public static Attempt Attempt(int number) => Attempts.GetOrAdd(number, _ =>
    {
        var transaction = Signed(Hash(number));
        return new(
            number, [.. transaction.Serialize()], transaction.Id, new Lifetime.Recent(Hash(number), 1_150), 1_000, "alpha");
    });
}

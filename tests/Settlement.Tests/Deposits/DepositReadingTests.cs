using System.Collections.Immutable;
using CsCheck;
using Stk.Settlement.Deposits;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Solana.Rpc;

namespace Stk.Settlement.Tests.Deposits;

public class DepositReadingTests
{
    private static readonly AccountCursor Begin = new(TestBatch.FloatTokens, 0, null, 1_000);

    // Of an account's life: changes that never overdraw it, and which of them are ours.
    private static readonly Gen<(int[] Changes, bool[] Ours)> Lives = Gen.Select(
        Gen.Int[-20, 40].Array[0, 30], Gen.Bool.Array[30], (changes, ours) => (changes, ours));

    private static readonly Gen<((int[] Changes, bool[] Ours) Life, int Piece)> Pieces = Gen.Select(Lives, Gen.Int[1, 7]);

    [Fact]
    public void What_arrived_is_credited_once_and_what_is_ours_is_not()
    {
        var entries = Entries(50, -30, 20);

        var read = Assert.IsType<DepositReading.Explained>(
            Read(Begin, entries, 1_040, [entries[1].Signature, entries[2].Signature]));

        var deposit = Assert.Single(read.Deposits);
        Assert.Equal((50L, SettlementIds.Deposit(entries[0].Signature, 0)), (deposit.AmountMicro, deposit.Id));
        Assert.Empty(read.Unexplained);
        Assert.Equal(new AccountCursor(TestBatch.FloatTokens, 100, entries[2].Signature, 1_040), read.Cursor);
    }

    [Fact]
    public void What_took_something_and_is_none_of_ours_is_named() =>
        Assert.Single(Assert.IsType<DepositReading.Explained>(Read(Begin, Entries(-30), 970, [])).Unexplained);

    [Fact]
    public void A_gap_a_balance_that_is_not_explained_and_one_node_credit_nothing()
    {
        var entries = Entries(50, 30, 20);
        Assert.IsType<DepositReading.NotNow>(Read(Begin, entries.RemoveAt(1), 1_100, []));
        Assert.IsType<DepositReading.NotNow>(Read(Begin, [], 1_100, []));
        Assert.IsType<DepositReading.NotNow>(DepositReading.Of(
            Begin, [new("alpha", 100, 1_100, entries)], ImmutableHashSet<Signature>.Empty));
        Assert.IsType<DepositReading.NotNow>(DepositReading.Of(
            Begin, [new("alpha", 100, 1_100, entries), new("beta", 100, 1_100, Entries(50, 20, 30))],
            ImmutableHashSet<Signature>.Empty));
    }

    [Fact]
    public void An_entry_that_is_given_twice_is_read_once_and_a_node_that_lags_holds_the_others_back()
    {
        var entries = Entries(50, 30, 20);
        Assert.Equal(3, Assert.IsType<DepositReading.Explained>(
            Read(Begin, entries.Insert(1, entries[0]), 1_100, [])).Deposits.Length);

        var lagging = Assert.IsType<DepositReading.Explained>(DepositReading.Of(
            Begin, [new("alpha", 100, 1_100, entries), new("beta", 2, 1_080, entries)],
            ImmutableHashSet<Signature>.Empty));
        Assert.Equal(2, lagging.Deposits.Length);
        Assert.Equal(entries[1].Signature, lagging.Cursor.Last);
    }

    [Fact]
    public void Read_in_any_pieces_all_that_arrived_is_credited_and_nothing_twice() => Pieces.Sample(
        (life, piece) =>
        {
            var changes = life.Changes.Where(change => change != 0).ToArray();
            var entries = Entries(changes);
            var ours = entries.Where((_, place) => life.Ours[place]).Select(entry => entry.Signature).ToImmutableHashSet();
            var cursor = Begin;
            var credited = new List<Deposit>();
            for (var until = 0; until <= entries.Length + piece; until += piece)
            {
                var rest = cursor.Last is { } last
                    ? entries.RemoveRange(0, entries.FindIndex(last))
                    : entries;
                var slot = (ulong)Math.Min(until, entries.Length);
                var balance = (ulong)(1_000 + changes.Take((int)slot).Sum());
                var read = Assert.IsType<DepositReading.Explained>(DepositReading.Of(
                    cursor, [new("alpha", slot, balance, rest), new("beta", slot, balance, rest)], ours));
                cursor = read.Cursor;
                credited.AddRange(read.Deposits);
            }

            var expected = entries.Where(entry => entry.ChangeMicro > 0 && !ours.Contains(entry.Signature));
            Assert.Equal(expected.Select(entry => entry.Signature), credited.Select(deposit => deposit.Signature));
            Assert.Equal(expected.Select(entry => (long)entry.ChangeMicro), credited.Select(deposit => deposit.AmountMicro));
        },
        iter: 500);

    [Fact]
    public void An_entry_names_who_paid_and_the_memo()
    {
        var transaction = TestBatch.Signed(TestBatch.Hash(1));
        var account = TestBatch.Plan.Payouts[2].Account;
        var landed = TestBatch.Landed(transaction, 5);
        landed = landed with
        {
            Before = [.. landed.Before.Select(balance => balance with { Owner = TestBatch.PayoutFloat.PublicKey })],
        };

        var entry = Read(account, transaction.Id, landed);

        Assert.Equal(
            ((Int128)TestBatch.Plan.Payouts[2].AmountMicro, (PublicKey?)TestBatch.PayoutFloat.PublicKey, (string?)null),
            (entry?.ChangeMicro, entry?.Sender, entry?.Memo));
        var left = Read(TestBatch.FloatTokens, transaction.Id, landed)!;
        Assert.Equal(((Int128)(-6_000_000), (Int128)(-6_000_000)), (left.ChangeMicro, left.ForeignMicro));
        Assert.Null(Read(TestBatch.Address(99), transaction.Id, landed));
        Assert.Null(Read(account, TestBatch.Signature(1), landed));
    }

    [Fact]
    public void What_comes_from_another_account_of_ours_or_is_minted_nobody_has_sent()
    {
        var transaction = TestBatch.Signed(TestBatch.Hash(1));
        var (from, to) = (TestBatch.FloatTokens, TestBatch.Plan.Payouts[2].Account);
        var landed = TestBatch.Landed(transaction, 5);

        var moved = AccountEntry.Read(to, [from, to], TestBatch.Mint, transaction.Id, landed)!;
        var left = AccountEntry.Read(from, [from, to], TestBatch.Mint, transaction.Id, landed)!;
        var minted = Read(to, transaction.Id, landed with
        {
            Before = [],
            After = [.. landed.After.Where(balance => balance.AccountIndex == moved.AccountIndex)],
        })!;

        Assert.Equal((moved.ChangeMicro, (Int128)0), (moved.InsideMicro, moved.ForeignMicro));
        // The rest has gone to others.
        Assert.Equal((-moved.ChangeMicro, left.ChangeMicro + moved.ChangeMicro), (left.InsideMicro, left.ForeignMicro));
        Assert.Equal((minted.ChangeMicro, (Int128)0), (minted.MintedMicro, minted.ForeignMicro));
    }

    [Fact]
    public void Out_of_a_lookup_table_it_arrives_too()
    {
        var transaction = TestBatch.Signed(TestBatch.Hash(1));
        var (account, place) = (TestBatch.Address(98), transaction.Message.StaticKeys.Length);
        var landed = TestBatch.Landed(transaction, 5) with { Loaded = [account] };
        landed = landed with { After = landed.After.Add(new(place, TestBatch.Mint, TestBatch.Address(97), 7)) };

        var entry = Read(account, transaction.Id, landed)!;

        Assert.Equal((place, (Int128)7), (entry.AccountIndex, entry.ChangeMicro));
        // A node that does not say what was loaded has not said what this account is.
        Assert.Null(Read(account, transaction.Id, landed with { Loaded = [] }));
    }

    [Fact]
    public void Nodes_that_order_a_slots_transactions_differently_say_the_same()
    {
        var entries = Entries(50, 30, 20);
        ImmutableArray<AccountEntry> shown = [entries[0], entries[1] with { Slot = 3 }, entries[2]];
        ImmutableArray<AccountEntry> other = [shown[0], shown[2], shown[1]];

        var read = Assert.IsType<DepositReading.Explained>(DepositReading.Of(
            Begin, [new("alpha", 3, 1_100, shown), new("beta", 3, 1_100, other)], ImmutableHashSet<Signature>.Empty));
        Assert.Equal(3, read.Deposits.Length);

        // Whatever was last there, the slot is read.
        foreach (var again in (ImmutableArray<AccountEntry>[])[[], [shown[1]], [shown[2]], shown])
        {
            var next = Assert.IsType<DepositReading.Explained>(DepositReading.Of(
                read.Cursor, [new("alpha", 4, 1_100, again), new("beta", 4, 1_100, [])],
                ImmutableHashSet<Signature>.Empty));
            Assert.Empty(next.Deposits);
            Assert.Equal(read.Cursor with { Slot = 4 }, next.Cursor);
        }

        Assert.IsType<DepositReading.NotNow>(DepositReading.Of(
            read.Cursor, [new("alpha", 4, 1_100, []), new("beta", 2, 1_050, [])], ImmutableHashSet<Signature>.Empty));
    }

    [Fact]
    public void What_has_failed_changes_nothing_and_what_is_ours_has_done_its_plan()
    {
        Assert.Equal((Int128)0, AccountEntry.OfFailed(TestBatch.Signature(1), 5).ForeignMicro);
        Assert.Equal(
            (Int128)(-6_000_000),
            AccountEntry.OfPlan(TestBatch.FloatTokens, TestBatch.Plan, TestBatch.Signature(1), 5).ChangeMicro);
        var mint = ActPlan.OfMint(TestBatch.Address(1), TestBatch.Mint, TestBatch.FloatTokens, 7);
        var minted = AccountEntry.OfPlan(TestBatch.FloatTokens, mint, TestBatch.Signature(1), 5);
        Assert.Equal(((Int128)7, (Int128)7), (minted.ChangeMicro, minted.MintedMicro));
    }

    private static AccountEntry? Read(PublicKey account, Signature signature, LandedTransaction landed) =>
        AccountEntry.Read(account, [account], TestBatch.Mint, signature, landed);

    private static DepositReading Read(
        AccountCursor cursor, ImmutableArray<AccountEntry> entries, ulong balance, IEnumerable<Signature> ours) =>
        DepositReading.Of(
            cursor, [new("alpha", 100, balance, entries), new("beta", 100, balance, entries)], ours.ToImmutableHashSet());

    // One a slot, from slot 1.
    private static ImmutableArray<AccountEntry> Entries(params int[] changes) =>
    [
        .. changes.Select((change, place) => new AccountEntry(
            TestBatch.Signature(place + 1), (ulong)place + 1, 0, change, null, null)),
    ];
}

file static class Places
{
    /// <summary>The place behind the entry of this signature.</summary>
    public static int FindIndex(this ImmutableArray<AccountEntry> entries, Signature signature) =>
        entries.IndexOf(entries.First(entry => entry.Signature == signature)) + 1;
}

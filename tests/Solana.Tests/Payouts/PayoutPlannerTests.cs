using CsCheck;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Payouts;
using Stk.Solana.Programs;

namespace Stk.Solana.Tests.Payouts;

public class PayoutPlannerTests
{
    private static readonly PayoutTerms Terms = new(
        TestKeys.Address(-1), TestKeys.Address(-2), TestKeys.Address(-3), Decimals: 6, UnitPriceMicroLamports: 1_000);

    private static readonly PayoutTerms NonceTerms = Terms with { NonceAccount = TestKeys.Address(-4) };

    private static readonly PublicKey Reference = BatchReference.Of(Guid.Empty);

    // true: needs an account.
    private static readonly Gen<Payout[]> Lists = Gen.Bool.Array[0, 120].Select(List);

    [Fact]
    public void Every_payout_is_in_exactly_one_transaction_with_its_amount() =>
        Lists.Sample(
            list =>
            {
                var plan = PayoutPlanner.Plan(list, Terms);
                Assert.Equal(
                    list.OrderBy(payout => payout.Id), plan.SelectMany(batch => batch.Payouts).OrderBy(payout => payout.Id));
                foreach (var batch in plan)
                {
                    Assert.NotEmpty(batch.Payouts);
                    Assert.Equal(
                        batch.Payouts.Select(
                            payout => AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(payout.Wallet, Terms.Mint)),
                        batch.Accounts);
                }
            },
            iter: 30);

    [Fact]
    public void No_transaction_is_over_a_packet_or_over_the_compute_limit() =>
        Gen.Select(Lists, Gen.Bool).Sample(
            (list, usesNonce) =>
            {
                var terms = usesNonce ? NonceTerms : Terms;
                foreach (var batch in PayoutPlanner.Plan(list, terms))
                {
                    Assert.InRange(
                        Transaction.SizeOf(batch.ToMessage(terms, Reference, default)), 1, Transaction.PacketSize);
                    Assert.InRange(batch.UnitLimit, 1U, ComputeBudgetProgram.MostUnits);
                }
            },
            iter: 30);

    [Fact]
    public void The_same_list_gives_the_same_plan_and_payouts_keep_their_order() =>
        Lists.Sample(
            list =>
            {
                var plan = PayoutPlanner.Plan(list, Terms);
                var again = PayoutPlanner.Plan(list, Terms);
                Assert.Equal(
                    plan.Select(batch => Convert.ToHexString(batch.ToMessage(Terms, Reference, default).Serialize())),
                    again.Select(batch => Convert.ToHexString(batch.ToMessage(Terms, Reference, default).Serialize())));
                foreach (var needsAccount in (bool[])[true, false])
                {
                    Assert.Equal(
                        list.Where(payout => payout.NeedsAccount == needsAccount),
                        plan.SelectMany(batch => batch.Payouts).Where(payout => payout.NeedsAccount == needsAccount));
                }
            },
            iter: 20);

    // reliability, section 3: by count of bytes 18 with compute budget, price and reference, 16 with a nonce too.
    [Fact]
    public void A_packet_holds_18_payouts_with_a_reference_and_9_that_need_an_account()
    {
        Assert.Equal((18, 9), (Packet.Of(Terms).MostExisting, Packet.Of(Terms).MostNew));
        Assert.Equal(16, Packet.Of(NonceTerms).MostExisting);
        Assert.Single(PayoutPlanner.Plan(List([.. Enumerable.Repeat(false, 18)]), Terms));
        Assert.Equal(2, PayoutPlanner.Plan(List([.. Enumerable.Repeat(false, 19)]), Terms).Length);
        Assert.Single(PayoutPlanner.Plan(List([.. Enumerable.Repeat(true, 9)]), Terms));
        Assert.Equal(2, PayoutPlanner.Plan(List([.. Enumerable.Repeat(true, 10)]), Terms).Length);
    }

    // One payout more in any of its transactions would not fit: the sizes are not guessed with a margin.
    [Fact]
    public void A_full_transaction_has_no_room_for_one_more()
    {
        foreach (var (list, extra) in (List<(bool[], bool)>)[
                ([.. Enumerable.Repeat(false, 18)], false), ([.. Enumerable.Repeat(true, 9)], true)])
        {
            var payouts = List([.. list, extra]);
            var batch = new PayoutBatch(
                [.. payouts],
                [
                    .. payouts.Select(
                        payout => AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(payout.Wallet, Terms.Mint)),
                ],
                200_000);
            Assert.True(Transaction.SizeOf(batch.ToMessage(Terms, Reference, default)) > Transaction.PacketSize);
        }
    }

    // Nobody can do better than the best of all ways: tried one transaction after the other, for all small lists.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void No_plan_of_fewer_transactions_exists(bool usesNonce)
    {
        var packet = Packet.Of(usesNonce ? NonceTerms : Terms);
        const int Most = 60;
        var fewest = new int[Most + 1, Most + 1];
        for (var countNew = 0; countNew <= Most; countNew++)
        {
            for (var countExisting = 0; countExisting <= Most; countExisting++)
            {
                var best = countNew + countExisting == 0 ? 0 : int.MaxValue;
                for (var here = 0; here <= Math.Min(countNew, packet.MostNew); here++)
                {
                    var beside = Math.Min(countExisting, packet.ExistingBeside(here));
                    if (here + beside > 0)
                    {
                        best = Math.Min(best, fewest[countNew - here, countExisting - beside] + 1);
                    }
                }

                fewest[countNew, countExisting] = best;
                Assert.Equal(best, PayoutPlanner.Counts(packet, countNew, countExisting).Count());
            }
        }
    }

    // By weight: a payout takes at least 1/18 of a transaction, or 1/9 where it needs an account.
    [Fact]
    public void A_large_plan_is_at_the_bound_that_the_packet_sets()
    {
        var packet = Packet.Of(Terms);
        Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 100_000]).Sample(
            (countNew, countExisting) =>
            {
                var counts = PayoutPlanner.Counts(packet, countNew, countExisting).ToList();
                Assert.Equal((countNew, countExisting), (counts.Sum(one => one.New), counts.Sum(one => one.Existing)));
                Assert.All(counts, one => Assert.InRange(one.Existing, 0, packet.ExistingBeside(one.New)));
                var bound = (countNew * 2 + countExisting + 17) / 18;
                Assert.InRange(counts.Count, bound, bound + 1);
            },
            iter: 200);
    }

    [Fact]
    public void Mixed_kinds_share_transactions_where_that_saves_one() =>
        // 9 and 1 of the new, then 15 and 1 of the others: three, packed in order. Five and eight twice: two.
        Assert.Equal(2, PayoutPlanner.Plan(
            List([.. Enumerable.Repeat(true, 10), .. Enumerable.Repeat(false, 16)]), Terms).Length);

    [Fact]
    public void An_amount_of_zero_an_id_twice_and_the_float_itself_are_refused()
    {
        var payout = List([false])[0];
        Assert.Throws<ArgumentException>(() => PayoutPlanner.Plan([payout with { AmountMicro = 0 }], Terms));
        Assert.Throws<ArgumentException>(() => PayoutPlanner.Plan([payout, payout], Terms));
        Assert.Throws<ArgumentException>(() => PayoutPlanner.Plan([payout with { Wallet = Terms.PayoutFloat }], Terms));
        Assert.Empty(PayoutPlanner.Plan([], Terms));
    }

    [Fact]
    public void A_reference_is_the_batchs_own_and_for_ever()
    {
        var id = new Guid("3f0c4e1a-6c1d-4d6e-9a30-0d6f0a1b2c3d");
        Assert.Equal(BatchReference.Of(id), BatchReference.Of(id));
        Assert.NotEqual(BatchReference.Of(id), BatchReference.Of(Guid.Empty));
        // SHA-256 of "stk.payout-batch" and the id's 16 bytes, computed apart.
        Assert.Equal("de984469552a687728f60d836b92864187d99cbfb850dc2aa9bb4680572d398d", Convert.ToHexStringLower(BatchReference.Of(id).ToArray()));
    }

    internal static Payout[] List(bool[] needAccount) =>
    [
        .. needAccount.Select((needs, place) => new Payout(
            new Guid(place + 1, 0, 0, new byte[8]), TestKeys.Address(1_000 + place), (ulong)(place + 1) * 1_000_000, needs)),
    ];
}

using System.Collections.Immutable;
using CsCheck;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Settlement.Weekly;

namespace Stk.Settlement.Tests.Weekly;

public class WeeklyPayoutsTests
{
    private static readonly WeekId Week = WeekId.OfNumber(202551);
    private static readonly DateTimeOffset Now = new(2025, 12, 22, 6, 30, 0, TimeSpan.Zero);

    private static readonly WeeklyCandidate Ripe = new(
        17, PayoutMode.Weekly, Now.AddHours(-1), Amount.OfStk(5), Amount.OfStk(3), Amount.OfStk(100));

    private static readonly Gen<WeeklyCandidate> Candidates = Gen.Select(
        Gen.Long[1, 50], Gen.Bool, Gen.Int[-3, 3], Gen.Long[0, 3_000_000], Gen.Long[0, 3_000_000], Gen.Long[0, 5_000_000],
        (participant, isWeekly, ripeInHours, released, unlocked, balance) => new WeeklyCandidate(
            participant, isWeekly ? PayoutMode.Weekly : PayoutMode.Keep,
            ripeInHours == 3 ? null : Now.AddHours(ripeInHours), new(released), new(unlocked), new(balance)));

    [Fact]
    public void A_week_pays_what_it_released_and_unlocked() =>
        Assert.Equal(Amount.OfStk(8), Assert.Single(Of(Ripe)).Amount);

    [Fact]
    public void At_most_the_balance() =>
        Assert.Equal(Amount.OfStk(2), Assert.Single(Of(Ripe with { Balance = Amount.OfStk(2) })).Amount);

    [Fact]
    public void Who_keeps_it_has_no_wallet_or_an_unripe_one_gets_nothing()
    {
        Assert.Empty(Of(Ripe with { Mode = PayoutMode.Keep }));
        Assert.Empty(Of(Ripe with { PayableFrom = null }));
        Assert.Empty(Of(Ripe with { PayableFrom = Now.AddTicks(1) }));
        Assert.Single(Of(Ripe with { PayableFrom = Now }));
    }

    [Fact]
    public void Under_the_minimum_it_stays_and_is_not_carried_over()
    {
        var little = Ripe with { Released = new(999_999), Unlocked = Amount.Zero };
        Assert.Empty(Of(little));
        Assert.Single(Of(little with { Unlocked = new(1) }));
        // The next week knows nothing of it: its own release is again too little.
        Assert.Empty(WeeklyPayouts.Of(Week.Next, [little], Amount.OfStk(1), Now.AddDays(7)));
        Assert.Empty(WeeklyPayouts.Of(
            Week, [Ripe with { Released = Amount.Zero, Unlocked = Amount.Zero }], Amount.Zero, Now));
    }

    [Fact]
    public void The_same_run_asks_for_the_same_payouts_and_each_is_within_its_bounds() =>
        Candidates.Array[0, 20].Sample(candidates =>
        {
            var payouts = Of(candidates);
            Assert.Equal(payouts.Select(one => one.Id), Of(candidates).Select(one => one.Id));
            foreach (var payout in payouts)
            {
                Assert.True(payout.Amount >= Amount.OfStk(1));
                Assert.Contains(candidates, one =>
                    one.Participant == payout.Participant && one.Mode == PayoutMode.Weekly && one.PayableFrom <= Now
                    && payout.Amount <= one.Balance && payout.Amount <= one.Released + one.Unlocked);
            }
        });

    [Fact]
    public void Ids_are_fixed_for_ever()
    {
        var act = new Guid("3f0c4e1a-6c1d-4d6e-9a30-0d6f0a1b2c3d");
        Assert.Equal(
            5, new HashSet<Guid>(
            [
                SettlementIds.WeeklyPayout(Week, 17), SettlementIds.WeeklyPayout(Week.Next, 17),
                SettlementIds.Settlement(act), SettlementIds.Return(act), SettlementIds.Deposit(TestBatch.Signature(1), 2),
            ]).Count);
        Assert.Equal(SettlementIds.WeeklyPayout(Week, 17), Assert.Single(Of(Ripe)).Id);
    }

    private static ImmutableArray<WeeklyPayout> Of(params WeeklyCandidate[] candidates) =>
        WeeklyPayouts.Of(Week, candidates, Amount.OfStk(1), Now);
}

using CsCheck;
using Stk.Rules.Money;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Tests.Rewards;

public class WeeklyRewardTests
{
    [Fact]
    public void The_documents_example_gives_1584()
    {
        var book = RuleBook.FromTheSource;
        Assert.Equal("1584", WeeklyReward.For(960, book.LevelOf(3).Coefficient, book.ConsistencyOf(4)).ToString());
    }

    [Fact]
    public void A_reward_is_exact_to_the_micro() =>
        Gen.Select(Gen.Long[0, 1_000_000], Gen.Int[1, 10_000], Gen.Int[1, 10_000]).Sample((points, first, second) =>
        {
            var exact = points * (first / 100m) * (second / 100m);
            return WeeklyReward.For(points, new(first), new(second)).Micro == exact * 1_000_000m;
        });

    [Fact]
    public void A_reward_that_does_not_fit_throws_and_never_wraps()
    {
        Assert.Throws<OverflowException>(() => WeeklyReward.For(long.MaxValue, Coefficient.One, Coefficient.One));
        Assert.Throws<OverflowException>(() => WeeklyReward.For(1_000_000_000, new(int.MaxValue), new(int.MaxValue)));
        Assert.Throws<ArgumentOutOfRangeException>(() => WeeklyReward.For(-1, Coefficient.One, Coefficient.One));
    }

    [Fact]
    public void A_fund_that_suffices_changes_nothing() =>
        Gen.Long[0, long.MaxValue].Sample(micro =>
            new FundScaling(new(long.MaxValue), new(long.MaxValue)).Of(new(micro)) == new Amount(micro));

    [Fact]
    public void Scaled_rewards_never_exceed_what_was_reserved_and_leave_less_than_a_micro_each() =>
        Gen.Select(Gen.Long[1, 1_000_000_000_000].Array[1, 20], Gen.Int[0, 10_000]).Sample((rewards, partBp) =>
        {
            var total = rewards.Sum();
            var reserved = (long)((Int128)total * partBp / 10_000);
            var scaling = new FundScaling(new(reserved), new(total));
            var paid = Amount.Sum(rewards.Select(reward => scaling.Of(new(reward))));
            Assert.InRange(paid.Micro, Math.Max(0, reserved - rewards.Length + 1), reserved);
        });

    [Fact]
    public void A_week_reserves_no_more_than_the_fund_holds()
    {
        Assert.Equal(new Amount(5), FundScaling.Reserve(new(5), new(7)));
        Assert.Equal(new Amount(7), FundScaling.Reserve(new(9), new(7)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FundScaling(new(8), new(7)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FundScaling(new(-1), new(7)));
    }
}

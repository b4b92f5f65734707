using CsCheck;
using Stk.Rules.Deliveries;

namespace Stk.Rules.Tests.Deliveries;

public sealed class RateBudgetTests
{
    private static readonly DateTimeOffset Monday = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_busy_channel_has_its_rate_and_never_more() =>
        Gen.Select(Gen.Int[1, 100], Gen.Int[1, 400].Array[50, 200]).Sample((perSecond, pauses) =>
        {
            var (budget, now, sent) = (Of(perSecond), Monday, 0);
            foreach (var pauseMs in pauses)
            {
                now = now.AddMilliseconds(pauseMs);
                var free = budget.Free(now);
                budget = budget.Take(free, now);
                sent += free;
                Assert.Equal(0, budget.Free(now));
            }

            Assert.Equal((now - Monday) / budget.Share, sent + 0.5, 0.5);
        });

    [Fact]
    public void However_long_it_was_silent_it_comes_with_a_seconds_worth_and_a_share() =>
        Gen.Select(Gen.Int[1, 100], Gen.Int[1, 10_000_000]).Sample((perSecond, pauseMs) =>
        {
            var free = Of(perSecond).Free(Monday.AddMilliseconds(pauseMs));

            Assert.InRange(free, 0, perSecond);
            Assert.True(free == perSecond || free == (int)(TimeSpan.FromMilliseconds(pauseMs) / Of(perSecond).Share));
        });

    [Fact]
    public void One_a_second_that_is_asked_between_two_seconds_loses_nothing()
    {
        var at = Monday.AddSeconds(1.9);
        var budget = Of(1).Take(1, at);

        Assert.Equal(1, Of(1).Free(at));
        Assert.Equal(1, budget.Free(Monday.AddSeconds(2)));
    }

    [Fact]
    public void What_was_not_used_is_lost_after_a_second()
    {
        var budget = Of(50);

        Assert.Equal(50, budget.Free(Monday.AddHours(1)));
        Assert.Equal(0, budget.Take(50, Monday.AddHours(1)).Free(Monday.AddHours(1)));
    }

    [Fact]
    public void A_rate_below_one_a_second_lets_one_through_at_its_time()
    {
        var budget = new RateBudget(TimeSpan.FromSeconds(2), Monday).Take(1, Monday.AddMinutes(1));

        Assert.Equal(0, budget.Free(Monday.AddMinutes(1).AddSeconds(1.9)));
        Assert.Equal(1, budget.Free(Monday.AddMinutes(1).AddSeconds(2)));
    }

    [Fact]
    public void A_channel_that_rests_lets_nothing_through_until_it_has_rested()
    {
        var budget = Of(1).Rest(TimeSpan.FromSeconds(30), Monday);

        Assert.Equal(0, budget.Free(Monday.AddSeconds(30.9)));
        Assert.Equal(1, budget.Free(Monday.AddSeconds(31)));
        Assert.Equal(budget, budget.Rest(TimeSpan.FromSeconds(1), Monday));
    }

    private static RateBudget Of(int perSecond) =>
        new(TimeSpan.FromMicroseconds(1_000_000 / perSecond), Monday);
}

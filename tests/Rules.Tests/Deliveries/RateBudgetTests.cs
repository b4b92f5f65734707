using CsCheck;
using Stk.Rules.Deliveries;

namespace Stk.Rules.Tests.Deliveries;

public sealed class RateBudgetTests
{
    private static readonly DateTimeOffset Monday = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);

    [Fact]
    public void No_second_has_more_than_two_seconds_worth_and_a_busy_channel_has_its_rate()
    {
        Gen.Select(Gen.Int[1, 100], Gen.Int[1, 400].Array[50, 200]).Sample((perSecond, pauses) =>
        {
            var (budget, now, sent) = (new RateBudget(perSecond, Monday), Monday, 0);
            foreach (var pauseMs in pauses)
            {
                now = now.AddMilliseconds(pauseMs);
                var free = budget.Free(now);
                budget = budget.Take(free, now);
                sent += free;
                Assert.True(budget.Free(now) == 0);
            }

            var most = (now - Monday).TotalSeconds * perSecond;
            Assert.InRange(sent, most - 2, most + 1e-3);
        });
    }

    [Fact]
    public void What_was_not_used_is_lost_after_a_second()
    {
        var budget = new RateBudget(50, Monday);

        Assert.Equal(50, budget.Free(Monday.AddHours(1)));
        Assert.Equal(0, budget.Take(50, Monday.AddHours(1)).Free(Monday.AddHours(1)));
    }

    [Fact]
    public void A_rate_below_one_a_second_lets_one_through_at_its_time()
    {
        var budget = new RateBudget(0.5, Monday).Take(1, Monday.AddMinutes(1));

        Assert.Equal(0, budget.Free(Monday.AddMinutes(1).AddSeconds(1.9)));
        Assert.Equal(1, budget.Free(Monday.AddMinutes(1).AddSeconds(2)));
    }

    [Fact]
    public void A_channel_that_rests_lets_nothing_through_until_it_has_rested()
    {
        var budget = new RateBudget(1, Monday).Rest(TimeSpan.FromSeconds(30), Monday);

        Assert.Equal(0, budget.Free(Monday.AddSeconds(30.9)));
        Assert.Equal(1, budget.Free(Monday.AddSeconds(31)));
        Assert.Equal(budget, budget.Rest(TimeSpan.FromSeconds(1), Monday));
    }
}

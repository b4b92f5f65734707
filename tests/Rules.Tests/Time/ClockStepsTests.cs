using Stk.Rules.Time;

namespace Stk.Rules.Tests.Time;

public class ClockStepsTests
{
    private static readonly DateTimeOffset From = new(2025, 12, 18, 9, 30, 0, TimeSpan.Zero);

    [Fact]
    public void A_step_of_more_than_a_year_may_have_a_digit_too_many()
    {
        Assert.False(ClockSteps.IsTooFar(From, From));
        Assert.False(ClockSteps.IsTooFar(From, From.AddYears(1)));
        Assert.True(ClockSteps.IsTooFar(From, From.AddYears(1).AddTicks(1)));
        Assert.True(ClockSteps.IsTooFar(From, DateTimeOffset.MaxValue));
        Assert.False(ClockSteps.IsTooFar(From, From.AddYears(-20)));
        Assert.False(ClockSteps.IsTooFar(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue));
    }
}

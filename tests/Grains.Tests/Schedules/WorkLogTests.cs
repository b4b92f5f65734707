using Stk.Grains.Schedules;
using Xunit;

namespace Stk.Grains.Tests.Schedules;

public sealed class WorkLogTests
{
    private static readonly DateTimeOffset Due = new(2001, 4, 25, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-15, 0)]
    [InlineData(0, 0)]
    [InlineData(15, 15)]
    public void Work_never_shows_as_begun_before_it_was_due(int nowHours, int beganHours) =>
        Assert.Equal(Due.AddHours(beganHours), WorkLog.BeganAt(Due, Due.AddHours(nowHours)));
}

using CsCheck;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Weeks;

public class WeekIdTests
{
    [Theory]
    [InlineData("2025-12-18", "2025-W51")]
    [InlineData("2025-12-28", "2025-W52")]
    [InlineData("2025-12-29", "2026-W01")]
    [InlineData("2021-01-03", "2020-W53")]
    [InlineData("2021-01-04", "2021-W01")]
    public void A_day_is_in_its_iso_week(string day, string week) =>
        Assert.Equal(week, WeekId.Of(Parsed.Day(day)).ToString());

    [Fact]
    public void A_week_is_half_open_from_monday()
    {
        var week = Parsed.Week("2025-W51");
        Assert.Equal(Parsed.Instant("2025-12-15T00:00:00Z"), week.Start);
        Assert.Equal(Parsed.Day("2025-12-21"), week.Sunday);
        Assert.True(week.Contains(week.End.AddTicks(-1)));
        Assert.False(week.Contains(week.End));
        Assert.Equal(week.Next, WeekId.Of(week.End));
    }

    [Theory]
    [InlineData("2025-W00")]
    [InlineData("2025-W53")]
    [InlineData("2020-W54")]
    [InlineData("1999-W01")]
    [InlineData("2025-w51")]
    [InlineData("2025W51")]
    [InlineData("2025-W5")]
    [InlineData("2025-W051")]
    [InlineData(" 025-W51")]
    [InlineData("2025-W+1")]
    [InlineData("")]
    public void What_is_no_week_is_refused(string text) => Assert.False(WeekId.TryParse(text, out _));

    [Fact]
    public void Number_and_text_give_the_week_back() =>
        Gen.Int[730_120, 2_900_000].Sample(dayNumber =>
        {
            var week = WeekId.Of(DateOnly.FromDayNumber(dayNumber));
            Assert.Equal(week, WeekId.OfNumber(week.Number));
            Assert.Equal(week, Parsed.Week(week.ToString()));
            Assert.Equal(week, week.Next.Previous);
        });
}

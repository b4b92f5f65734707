using Stk.Rules.Quarters;

namespace Stk.Rules.Tests.Quarters;

public class QuarterIdTests
{
    [Theory]
    [InlineData("2025-Q4", "2025-10-01", 20254)]
    [InlineData("2026-Q1", "2026-01-01", 20261)]
    [InlineData("2000-Q2", "2000-04-01", 20002)]
    [InlineData("9998-Q3", "9998-07-01", 99983)]
    public void A_quarter_is_known_by_its_first_day(string text, string firstDay, int number)
    {
        var quarter = Quarter(text);
        Assert.Equal(Parsed.Day(firstDay), quarter.FirstDay);
        Assert.Equal((text, number), (quarter.ToString(), quarter.Number));
        Assert.Equal(quarter, QuarterId.OfNumber(number));
        Assert.Equal(quarter, quarter.Next.Previous);
        Assert.True(quarter < quarter.Next && quarter.Next > quarter && quarter <= quarter.Next);
    }

    [Theory]
    [InlineData("2025-12-31", "2025-Q4")]
    [InlineData("2026-01-01", "2026-Q1")]
    [InlineData("2026-03-31", "2026-Q1")]
    [InlineData("2026-04-01", "2026-Q2")]
    [InlineData("2024-02-29", "2024-Q1")]
    public void A_day_is_in_one_quarter(string day, string quarter) =>
        Assert.Equal(quarter, QuarterId.Of(Parsed.Day(day)).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("2025-Q0")]
    [InlineData("2025-Q5")]
    [InlineData("2025-q4")]
    [InlineData("2025-4")]
    [InlineData("2025-Q4 ")]
    [InlineData("1999-Q4")]
    [InlineData("9999-Q1")]
    [InlineData("+025-Q4")]
    [InlineData("2025-Q４")]
    [InlineData("2025/Q4")]
    public void What_is_no_quarter_is_not_read(string text) => Assert.False(QuarterId.TryParse(text, out _));

    [Fact]
    public void A_number_of_no_quarter_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QuarterId.OfNumber(20255));

    internal static QuarterId Quarter(string text) =>
        QuarterId.TryParse(text, out var quarter) ? quarter : throw new FormatException(text);
}

using Stk.Rules.Activity;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Tests.Activity;

public class EventOutcomeTests
{
    [Theory]
    [InlineData(EventOutcome.Counted, 1, "counted", true)]
    [InlineData(EventOutcome.OverLimit, 2, "over_limit", true)]
    [InlineData(EventOutcome.Duplicate, 3, "duplicate", false)]
    [InlineData(EventOutcome.Late, 4, "late", true)]
    [InlineData(EventOutcome.Ignored, 5, "ignored", true)]
    [InlineData(EventOutcome.Applied, 6, "applied", true)]
    [InlineData(EventOutcome.Rejected, 7, "rejected", false)]
    [InlineData(EventOutcome.Held, 8, "held", false)]
    public void Stored_numbers_and_names_are_for_ever(EventOutcome outcome, int number, string name, bool isStored)
    {
        Assert.Equal(number, (int)outcome);
        Assert.Equal(name, outcome.WireName());
        Assert.Equal(isStored, outcome.IsStored());
    }

    [Fact]
    public void Points_are_weight_times_what_the_days_limit_lets_count()
    {
        var book = RuleBook.FromTheSource;
        var monday = Parsed.Day("2025-12-15");
        Assert.Equal(
            (50 * 5) + (50 * 2) + (200 * 1),
            DayLimits.Points(
                [
                    new(new(monday, "SectionCompleted"), 9),
                    new(new(monday.AddDays(1), "SectionCompleted"), 2),
                    new(new(monday, "ClubPostCreated"), 3),
                    new(new(monday, "PageView"), 100),
                ],
                book));
    }
}

using CsCheck;
using Stk.Rules.RuleBooks;
using Stk.Rules.Sources;

namespace Stk.Rules.Tests.Sources;

public sealed class SourceBudgetTests
{
    private static readonly RuleBook Book = RuleBook.FromTheSource;

    private static readonly Gen<(long Participant, string Type, int Received)[]> Days =
        Gen.Select(
            Gen.Long[1, 5], Gen.Int[0, Book.Activities.Length - 1].Select(place => Book.Activities[place].Type),
            Gen.Int[0, 60]).Array[0, 30]
            .Select(rows => rows.DistinctBy(row => (row.Item1, row.Item2)).ToArray());

    [Fact]
    public void A_day_is_worth_what_its_limits_let_through_of_each_participant_and_type() => Days.Sample(day =>
    {
        var expected = 0L;
        foreach (var (_, type, received) in day)
        {
            var rule = Book.Activities.Single(activity => activity.Type == type);
            for (var place = 1; place <= received; place++)
            {
                expected += place <= rule.DayLimit ? rule.Weight : 0;
            }
        }

        Assert.Equal(expected, SourceBudget.Points(day, Book));
        Assert.Equal(expected, SourceBudget.Points(day.Reverse(), Book));
    });

    [Fact]
    public void What_has_no_weight_is_worth_nothing() =>
        Assert.Equal(0, SourceBudget.Points([(1, "PageView", 1_000), (1, "ClubPostCreatedRetracted", 3)], Book));

    [Theory]
    [InlineData(null, null, false)]
    [InlineData(null, 5L, false)]
    [InlineData(5L, 5L, false)]
    [InlineData(5L, 4L, false)]
    [InlineData(5L, 6L, true)]
    [InlineData(5L, null, true)]
    public void A_budget_is_raised_where_more_may_come_than_before(long? before, long? after, bool isRaised) =>
        Assert.Equal(isRaised, SourceBudget.IsRaised(before, after));

    [Fact]
    public void What_is_over_is_said_with_its_source_its_day_and_both_numbers() => Assert.Equal(
        "source club must be within its budget: 2025-12-03 has 900 points of 800; "
            + "source school must be within its budget: 2025-12-04 has 2 points of 1",
        SourceBudget.Obstacle([new("club", new(2025, 12, 3), 900, 800), new("school", new(2025, 12, 4), 2, 1)]));
}

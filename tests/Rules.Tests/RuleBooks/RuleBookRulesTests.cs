using System.Collections.Immutable;
using Stk.Rules.Objections;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Tests.RuleBooks;

public class RuleBookRulesTests
{
    private static readonly RuleBook Book = RuleBook.FromTheSource;
    private static readonly ActivityRule Reading = Book.Activities[0];

    [Fact]
    public void The_sources_rule_book_has_no_objection() => Assert.Empty(Check());

    [Theory]
    [InlineData(-1, 5, 0, 0, "activities[0].weight")]
    [InlineData(1_000_001, 1, 0, 0, "activities[0].weight")]
    [InlineData(50, 0, 0, 0, "activities[0].dayLimit")]
    [InlineData(50, 1_001, 0, 0, "activities[0].dayLimit")]
    [InlineData(50, 5, -1, 0, "activities[0].vestsDays")]
    [InlineData(50, 5, 3_651, 3_651, "activities[0].vestsDays")]
    [InlineData(50, 5, 60, 59, "activities[0].vestsDaysMax")]
    [InlineData(50, 5, 60, 3_651, "activities[0].vestsDaysMax")]
    public void A_number_outside_its_bounds_is_named(int weight, int dayLimit, int vestsDays, int most, string field) =>
        Assert.Equal(field, Check(
            [Reading with { Weight = weight, DayLimit = dayLimit, VestsDays = vestsDays, VestsDaysMax = most }])[0].Field);

    [Theory]
    [InlineData(0, 1, 0, 0)]
    [InlineData(1_000_000, 1, 3_650, 3_650)]
    [InlineData(1, 1_000, 0, 3_650)]
    public void A_number_at_its_bounds_is_taken(int weight, int dayLimit, int vestsDays, int most) =>
        Assert.Empty(Check(
            [Reading with { Weight = weight, DayLimit = dayLimit, VestsDays = vestsDays, VestsDaysMax = most }]));

    [Theory]
    [InlineData("")]
    [InlineData("Section\nCompleted")]
    [InlineData("Section\0")]
    [InlineData("QualificationChanged")]
    [InlineData("SectionCompletedRetracted")]
    [InlineData("Retracted")]
    public void A_type_that_could_not_be_told_from_another_is_refused(string type) =>
        Assert.Equal("activities[0].type", Assert.Single(Check([Reading with { Type = type }])).Field);

    [Fact]
    public void A_type_has_at_most_100_characters()
    {
        Assert.Empty(Check([Reading with { Type = new('a', 100) }]));
        Assert.Single(Check([Reading with { Type = new('a', 101) }]));
    }

    [Fact]
    public void An_activity_type_that_is_listed_twice_is_refused() =>
        Assert.Equal("activities[1].type", Assert.Single(Check([Reading, Reading with { Weight = 1 }])).Field);

    [Fact]
    public void Activity_types_that_differ_in_case_are_two_types() =>
        Assert.Empty(Check([Reading, Reading with { Type = "sectioncompleted" }]));

    [Theory]
    [InlineData(0)]
    [InlineData(-150)]
    [InlineData(10_001)]
    public void A_coefficient_outside_its_bounds_is_refused(int hundredths)
    {
        Assert.Equal("levels[0].coefficient",
            Assert.Single(Check(levels: [new Level(1, "Первокурсник", new(hundredths))])).Field);
        Assert.Equal("consistency[0]", Assert.Single(Check(consistency: [new(hundredths)])).Field);
    }

    [Fact]
    public void Levels_count_from_one_without_a_gap()
    {
        Assert.Equal("levels[0].level", Assert.Single(Check(levels: [new Level(2, "a", new(100))])).Field);
        Assert.Equal("levels[1].level",
            Assert.Single(Check(levels: [new Level(1, "a", new(100)), new Level(3, "b", new(100))])).Field);
    }

    [Fact]
    public void Shares_sum_to_the_whole_and_none_is_negative()
    {
        Assert.Equal("emission", Assert.Single(Check(shares: [5_000, 2_000, 1_500, 1_000, 499])).Field);
        Assert.Equal("emission", Assert.Single(Check(shares: [10_000])).Field);
        Assert.Equal("emission.team", Assert.Single(Check(shares: [6_000, 2_000, 1_500, -1, 501])).Field);
    }

    [Fact]
    public void Numbers_that_are_each_allowed_must_not_overflow_together() =>
        Assert.Equal("activities", Assert.Single(Check([Reading with { Weight = 1_000_000, DayLimit = 1_000 }])).Field);

    [Fact]
    public void Empty_lists_are_refused()
    {
        Assert.Equal("activities", Assert.Single(Check(activities: [])).Field);
        Assert.Equal("levels", Assert.Single(Check(levels: [])).Field);
        Assert.Equal("consistency", Assert.Single(Check(consistency: [])).Field);
    }

    [Fact]
    public void No_rule_book_exists_with_an_objection() =>
        Assert.Throws<ArgumentException>(() => Book.WithVersion(0));

    private static ImmutableArray<Objection> Check(
        ImmutableArray<ActivityRule>? activities = null,
        ImmutableArray<Level>? levels = null,
        ImmutableArray<Coefficient>? consistency = null,
        ImmutableArray<int>? shares = null) =>
        RuleBookRules.Check(
            1,
            activities ?? Book.Activities,
            levels ?? Book.Levels,
            consistency ?? Book.Consistency,
            shares ?? Book.EmissionSharesBp);
}

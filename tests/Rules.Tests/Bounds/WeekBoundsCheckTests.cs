using System.Collections.Immutable;
using Stk.Rules.Bounds;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Bounds;

public class WeekBoundsCheckTests
{
    private static readonly WeekId Week = WeekId.OfNumber(202613);

    [Theory]
    [InlineData(3_000_000_000, true)]
    [InlineData(3_000_000_001, false)]
    public void A_total_of_exactly_the_bound_is_within(long totalMicro, bool isWithin) =>
        Assert.Equal(isWithin, Beyond(new(TotalTimes: new(300)), Of(Week, totalMicro)).IsEmpty);

    [Fact]
    public void The_largest_of_the_closed_weeks_counts_and_the_clause_names_it()
    {
        var closed = Closed().SetItem(5, Of(Earlier(6), 2_000_000_000, people: 25));

        Assert.Equal<string>(
            [
                "its total of 6000.5 STK is 0.5 above the bound of 6000 (3 times 2000 of 2026-W07)",
                "its 100 people are 63 above the bound of 37 (1.5 times 25 of 2026-W07)",
            ],
            WeekBoundsCheck.Beyond(
                new(TotalTimes: new(300), PeopleTimes: new(150)), Of(Week, 6_000_500_000, people: 100), closed));
    }

    [Theory]
    [InlineData(5_000, true)]
    [InlineData(5_001, false)]
    public void Newcomers_may_get_so_much_more_than_in_any_closed_week(long micro, bool isWithin) => Assert.Equal(
        isWithin,
        Beyond(new(NewcomersRiseBp: 3_000), Divided(Week, rewards: 10_000, newcomers: micro)).IsEmpty);

    [Fact]
    public void Each_source_is_held_against_itself()
    {
        // Of the closed weeks club had 80 %, forum 20 %.
        Assert.Empty(Beyond(new(SourceRiseBp: 1_000), Divided(Week, 100, 0, ("club", 90), ("forum", 10))));
        Assert.Equal<string>(
            ["the share of source forum, 30.01 %, is 0.01 % above the bound of 30 % (20 % of 2026-W12 and 10 % more)"],
            Beyond(new(SourceRiseBp: 1_000), Divided(Week, 10_000, 0, ("club", 6_999), ("forum", 3_001))));
        // A source that is new had nothing.
        Assert.Equal<string>(
            ["the share of source shop, 10.01 %, is 0.01 % above the bound of 10 % (0 % of 2026-W12 and 10 % more)"],
            Beyond(new(SourceRiseBp: 1_000), Divided(Week, 10_000, 0, ("club", 8_999), ("shop", 1_001))));
    }

    [Fact]
    public void The_only_source_is_never_beyond()
    {
        ImmutableArray<WeekMeasure> closed = [.. Enumerable.Range(1, 8).Select(ago => Divided(Earlier(ago), 7, 0, ("club", 7)))];

        Assert.Empty(WeekBoundsCheck.Beyond(new(SourceRiseBp: 0), Divided(Week, 9_999, 0, ("club", 9_999)), closed));
    }

    [Fact]
    public void A_week_without_rewards_has_no_shares()
    {
        Assert.Empty(Beyond(new(NewcomersRiseBp: 0, SourceRiseBp: 0), Divided(Week, 0, 0)));
        ImmutableArray<WeekMeasure> idle = [.. Enumerable.Range(1, 8).Select(ago => Divided(Earlier(ago), 0, 0))];
        Assert.Equal<string>(
            ["the share of people younger than four weeks, 1 %, is 1 % above the bound of 0 % (0 % of 2026-W12 and 0 % more)"],
            WeekBoundsCheck.Beyond(new(NewcomersRiseBp: 0), Divided(Week, 100, 1), idle));
    }

    [Fact]
    public void After_eight_idle_weeks_any_week_is_beyond_a_multiple()
    {
        ImmutableArray<WeekMeasure> idle = [.. Enumerable.Range(1, 8).Select(ago => Of(Earlier(ago), 0, people: 0))];

        Assert.Equal<string>(
            ["its 10 people are 10 above the bound of 0 (100 times 0 of 2026-W12)"],
            WeekBoundsCheck.Beyond(new(PeopleTimes: new(10_000)), Of(Week, 1), idle));
    }

    [Fact]
    public void While_fewer_than_eight_weeks_are_closed_no_bound_is_in_force() => Assert.Empty(WeekBoundsCheck.Beyond(
        new(new(100), new(100), 0, 0), Divided(Week, 10_000, 10_000, ("shop", 10_000)), Closed().RemoveAt(0)));

    [Fact]
    public void Without_bounds_no_week_is_beyond() =>
        Assert.Empty(Beyond(WeekBounds.None, Of(Week, long.MaxValue, people: int.MaxValue)));

    // The largest amounts that there are do not overflow.
    [Fact]
    public void The_largest_total_times_the_largest_bound_is_a_number()
    {
        ImmutableArray<WeekMeasure> closed = [.. Enumerable.Range(1, 8).Select(ago => Of(Earlier(ago), long.MaxValue))];

        Assert.Empty(WeekBoundsCheck.Beyond(new(TotalTimes: new(10_000)), Of(Week, long.MaxValue), closed));
    }

    // The replayed files: a term's begin brings 4.5 times the people, 99 % of the rewards to newcomers.
    [Fact]
    public void The_numbers_that_are_advised_stop_a_terms_begin_and_no_ordinary_week()
    {
        var advised = new WeekBounds(new(300), new(300), 5_000, 5_000);

        Assert.Equal(2, Beyond(advised, Divided(Week, 1_000, 990, ("club", 1_000)) with { People = 45 }).Length);
        Assert.Empty(Beyond(advised, Divided(Week, 2_999, 1_500, ("club", 2_999)) with { People = 30 }));
    }

    private static ImmutableArray<string> Beyond(WeekBounds bounds, WeekMeasure week) =>
        WeekBoundsCheck.Beyond(bounds, week, Closed());

    // Latest first: 1,000 STK, 10 people, 20 % of it to newcomers, 80 % of it by club.
    private static ImmutableArray<WeekMeasure> Closed() =>
    [
        .. Enumerable.Range(1, 8).Select(ago =>
            Divided(Earlier(ago), 1_000_000_000, 200_000_000, ("club", 800_000_000), ("forum", 200_000_000))),
    ];

    private static WeekId Earlier(int weeks) => WeekId.Of(Week.Start.AddDays(-7 * weeks));

    private static WeekMeasure Of(WeekId week, long totalMicro, int people = 10) => new(week, new(totalMicro), people, null);

    private static WeekMeasure Divided(
        WeekId week, long rewards, long newcomers, params (string Source, long Micro)[] sources) =>
        new(week, new(rewards), 10, new(
            new(rewards), new(newcomers), [.. sources.Select(one => new SourceReward(one.Source, new(one.Micro)))]));
}

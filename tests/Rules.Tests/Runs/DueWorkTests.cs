using Stk.Rules.RuleBooks;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Runs;

public class DueWorkTests
{
    private static readonly WeekId Week = Parsed.Week("2025-W51");
    private static readonly DateTimeOffset Genesis = Week.Start;

    [Theory]
    [InlineData(WeekStage.Aggregate, "2025-12-22T00:00:00Z")]
    [InlineData(WeekStage.Score, "2025-12-22T02:00:00Z")]
    [InlineData(WeekStage.Report, "2025-12-22T04:00:00Z")]
    [InlineData(WeekStage.Settle, "2025-12-22T06:00:00Z")]
    public void The_sources_timetable_holds(WeekStage stage, string start) =>
        Assert.Equal(Parsed.Instant(start), WeekTimetable.EarliestStart(Week, stage));

    [Fact]
    public void Without_genesis_nothing_is_ever_due() =>
        Assert.Null(DueWork.Next(new(null, null, null), DateTimeOffset.MaxValue));

    [Fact]
    public void Before_genesis_nothing_is_due() =>
        Assert.Null(DueWork.Next(new(Genesis, null, null), Genesis.AddTicks(-1)));

    [Fact]
    public void The_first_day_is_emitted_at_genesis() =>
        Assert.Equal(
            new DueItem.Emission(Genesis, Week.Monday), DueWork.Next(new(Genesis, null, null), Genesis));

    [Fact]
    public void A_genesis_within_a_day_emits_that_day_at_once_and_the_next_at_midnight()
    {
        var genesis = Genesis.AddHours(15);
        Assert.Null(DueWork.Next(new(genesis, null, null), genesis.AddTicks(-1)));
        Assert.Equal(new DueItem.Emission(genesis, Week.Monday), DueWork.Next(new(genesis, null, null), genesis));
        Assert.Equal(
            new DueItem.Emission(Genesis.AddDays(1), Week.Monday.AddDays(1)),
            DueWork.Next(new(genesis, Week.Monday, null), Genesis.AddDays(1)));
    }

    [Fact]
    public void A_day_is_due_at_its_midnight_and_not_before()
    {
        var state = new DueState(Genesis, Week.Monday, null);
        Assert.Null(DueWork.Next(state, Genesis.AddDays(1).AddTicks(-1)));
        Assert.Equal(
            new DueItem.Emission(Genesis.AddDays(1), Week.Monday.AddDays(1)), DueWork.Next(state, Genesis.AddDays(1)));
    }

    [Fact]
    public void Two_weeks_of_catching_up_are_done_in_the_order_of_time()
    {
        var state = new DueState(Genesis, null, null);
        var done = RunTo(state, Week.Next.End.AddHours(3), out _);
        string[] firstMonday =
        [
            "2025-12-22 emission", "2025-W51 aggregate", "2025-12-22 vesting", "2025-W51 score", "2025-W51 report",
            "2025-W51 settle", "2025-12-23 emission", "2025-12-23 vesting",
        ];
        Assert.Equal(firstMonday, done.Skip(7 + 6).Take(8));
        Assert.Equal(
            ["2025-12-29 emission", "2025-W52 aggregate", "2025-12-29 vesting", "2025-W52 score"], done.TakeLast(4));
        Assert.Equal(15 + 14 + 4 + 2, done.Count);
    }

    [Fact]
    public void A_blocked_week_holds_itself_and_later_weeks_but_not_emission_nor_vesting()
    {
        var state = new DueState(Genesis, null, null) { Blocked = new HashSet<WeekId> { Week.Next } };
        var done = RunTo(state, Week.Next.Next.End.AddHours(8), out var left);
        Assert.Equal(22, done.Count(item => item.EndsWith("emission", StringComparison.Ordinal)));
        Assert.Equal(21, done.Count(item => item.EndsWith("vesting", StringComparison.Ordinal)));
        Assert.DoesNotContain(done, item => item.StartsWith("2025-W52", StringComparison.Ordinal));
        Assert.DoesNotContain(done, item => item.StartsWith("2026-W01", StringComparison.Ordinal));
        Assert.Contains("2025-W51 settle", done);

        var unblocked = RunTo(left with { Blocked = new HashSet<WeekId>() }, Week.Next.Next.End.AddHours(8), out _);
        Assert.Equal(
            ["2025-W52 aggregate", "2025-W52 score", "2025-W52 report", "2025-W52 settle",
             "2026-W01 aggregate", "2026-W01 score", "2026-W01 report", "2026-W01 settle"],
            unblocked);
    }

    [Fact]
    public void A_week_closed_early_by_an_operator_is_passed_over()
    {
        var state = new DueState(Genesis, Week.Next.Monday, Week)
        {
            LastVestedDay = Week.Next.Monday,
            LastDone = new Dictionary<WeekId, WeekStage> { [Week] = WeekStage.Settle },
        };
        Assert.Null(DueWork.Next(state, Week.End.AddHours(12)));
    }

    [Fact]
    public void Each_day_from_the_one_after_genesis_on_is_vested_once_and_none_before_its_midnight()
    {
        var state = new DueState(Genesis, Week.Monday.AddDays(1), Week);
        Assert.Null(DueWork.Next(state, Genesis.AddDays(1).AddTicks(-1)));
        Assert.Equal(
            new DueItem.Vesting(Genesis.AddDays(1), Week.Monday.AddDays(1)), DueWork.Next(state, Genesis.AddDays(1)));
        Assert.Null(DueWork.Next(
            state with { LastVestedDay = Week.Monday.AddDays(1) }, Genesis.AddDays(2).AddTicks(-1)));
    }

    // An economy of before there were decisions has emitted long ago.
    [Fact]
    public void Days_that_were_left_out_come_before_what_falls_due_later()
    {
        var state = new DueState(Genesis, Week.Next.Monday, Week.Next) { LastVestedDay = Week.Monday.AddDays(4) };
        Assert.Equal(
            [
                "2025-12-20 vesting", "2025-12-21 vesting", "2025-12-22 vesting", "2025-W51 notices", "2025-12-23 emission",
                "2025-12-23 vesting",
            ],
            RunTo(state, Week.End.AddDays(1), out _));
    }

    [Fact]
    public void The_inactive_are_warned_twice_and_charged_on_the_first_Monday_behind_its_settlement()
    {
        var genesis = Parsed.Instant("2025-09-29T00:00:00Z");
        var books = new RuleBookHistory([(WeekId.OfNumber(200001), RuleBook.FromTheSource)]);
        var work = QuarterWork.After(genesis, lastRun: null, [], books);
        Assert.Equal("2026-Q1", QuarterWork.After(genesis, QuarterWork.First(genesis), [], books).Quarter.ToString());
        Assert.Equal("2025-Q4", work.Quarter.ToString());

        var state = new DueState(genesis, Parsed.Day("2026-01-05"), WeekId.OfNumber(202601))
        {
            LastVestedDay = Parsed.Day("2026-01-05"),
            LastNotifiedWeek = WeekId.OfNumber(202552),
            Inactivity = QuarterWork.After(genesis, work.Quarter, [], books),
        };
        Assert.Equal([30, 3], state.Inactivity.WarningDays.AsEnumerable());
        var first = Assert.IsType<DueItem.InactivityWarning>(DueWork.Next(state, DateTimeOffset.MaxValue));
        Assert.Equal((Parsed.Instant("2025-12-02T08:00:00Z"), 30), (first.At, first.Days));

        // At one instant the week's stages come first; without its settlement the run is not due.
        state = state with { Inactivity = QuarterWork.After(genesis, work.Quarter, [30, 3], books) };
        Assert.IsType<DueItem.Stage>(DueWork.Next(state, Parsed.Instant("2026-01-05T12:00:00Z")));
        Assert.Null(DueWork.Next(
            state with { Blocked = new HashSet<WeekId> { WeekId.OfNumber(202601) } }, Parsed.Instant("2026-01-05T12:00:00Z")));
        var run = Assert.IsType<DueItem.InactivityRun>(DueWork.Next(
            state with { FirstUnfinishedWeek = WeekId.OfNumber(202602) }, Parsed.Instant("2026-01-05T12:00:00Z")));
        Assert.Equal(Parsed.Instant("2026-01-05T07:00:00Z"), run.At);
    }

    [Fact]
    public void People_are_told_of_a_week_at_eight_once_it_is_settled_and_of_each_in_its_turn()
    {
        var monday = Week.End;
        var state = new DueState(Genesis, Week.Next.Monday, Week) { LastVestedDay = Week.Next.Monday };
        Assert.Null(DueWork.Next(
            state with { Blocked = new HashSet<WeekId> { Week } }, monday.AddHours(9)));

        state = state with { FirstUnfinishedWeek = Week.Next };
        Assert.Null(DueWork.Next(state, monday.AddHours(8).AddTicks(-1)));
        Assert.Equal(new DueItem.WeekNotices(monday.AddHours(8), Week), DueWork.Next(state, monday.AddHours(8)));
        Assert.Null(DueWork.Next(state with { LastNotifiedWeek = Week }, monday.AddHours(9)));

        // One that was settled late does not wait for another Monday.
        state = state with
        {
            FirstUnfinishedWeek = Week.Next.Next,
            LastEmittedDay = Week.Next.Next.Monday,
            LastVestedDay = Week.Next.Next.Monday,
        };
        Assert.Equal(new DueItem.WeekNotices(monday.AddHours(8), Week), DueWork.Next(state, monday.AddDays(7)));
        Assert.Equal(
            new DueItem.WeekNotices(monday.AddDays(7).AddHours(8), Week.Next),
            DueWork.Next(state with { LastNotifiedWeek = Week }, monday.AddDays(8).AddTicks(-1)));
    }

    [Theory]
    [InlineData("2025-12-29", "2026-Q1")] // The week before the run's Monday is genesis' own.
    [InlineData("2024-01-01", "2024-Q2")]
    [InlineData("2025-09-29", "2025-Q4")]
    public void The_first_quarter_is_the_first_with_a_week_behind_it(string genesis, string quarter) =>
        Assert.Equal(quarter, QuarterWork.First(Parsed.Instant(genesis + "T00:00:00Z")).ToString());

    [Fact]
    public void Renewals_are_due_at_nine_of_each_day_behind_all_that_was_due_before()
    {
        var state = new DueState(Genesis, Week.Monday.AddDays(1), Week)
        {
            LastVestedDay = Week.Monday.AddDays(1),
            NextRenewals = Week.Monday.AddDays(1),
        };
        var nine = Genesis.AddDays(1).AddHours(9);

        Assert.Null(DueWork.Next(state, nine.AddTicks(-1)));
        Assert.Equal(new DueItem.Renewals(nine, Week.Monday.AddDays(1)), DueWork.Next(state, nine));
        Assert.Equal(new DueItem.Renewals(nine, Week.Monday.AddDays(1)), DueWork.Next(state, nine.AddDays(1)));
        Assert.IsType<DueItem.Emission>(DueWork.Next(state with { LastEmittedDay = Week.Monday }, nine));
        Assert.Null(DueWork.Next(state with { NextRenewals = null }, nine));
    }

    private static List<string> RunTo(DueState state, DateTimeOffset until, out DueState left)
    {
        var done = new List<string>();
        while (DueWork.Next(state, until) is { } item)
        {
            switch (item)
            {
                case DueItem.Emission emission:
                    done.Add($"{emission.Day:yyyy-MM-dd} emission");
                    state = state with { LastEmittedDay = emission.Day };
                    break;
                case DueItem.Vesting day:
                    done.Add($"{day.Day:yyyy-MM-dd} vesting");
                    state = state with { LastVestedDay = day.Day };
                    break;
                case DueItem.WeekNotices notices:
                    done.Add($"{notices.Week} notices");
                    state = state with { LastNotifiedWeek = notices.Week };
                    break;
                case DueItem.Stage stage:
                    done.Add($"{stage.Week} {stage.WeekStage.WireName()}");
                    state = state with
                    {
                        LastDone = new Dictionary<WeekId, WeekStage>(state.LastDone) { [stage.Week] = stage.WeekStage },
                    };
                    break;
            }
        }

        left = state;
        return done;
    }
}

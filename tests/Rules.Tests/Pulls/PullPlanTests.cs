using CsCheck;
using Stk.Rules.Pulls;
using Stk.Rules.Sources;
using Stk.Rules.Weeks;

namespace Stk.Rules.Tests.Pulls;

public sealed class PullPlanTests
{
    private static readonly DateTimeOffset From = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Real = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void What_is_new_begins_behind_the_watermark_by_the_overlap_and_never_before_the_first_instant()
    {
        var pull = Pull(overlapHours: 6, settleMinutes: 30);

        Assert.Null(PullPlan.Live(pull, From, From));
        Assert.Equal(new(From, From.AddHours(3), false), PullPlan.Live(pull, From, From.AddHours(3)));
        Assert.Equal(
            new(From.AddHours(14), From.AddHours(21), false), PullPlan.Live(pull, From.AddHours(20), From.AddHours(21)));
    }

    [Fact]
    public void Years_behind_what_is_new_is_a_day_and_the_overlap()
    {
        var clock = From.AddDays(900);

        Assert.Equal(
            new(clock.AddDays(-1).AddHours(-6), clock, false),
            PullPlan.Live(Pull(overlapHours: 6, settleMinutes: 0), From, clock));
    }

    // An operator may have set it there.
    [Fact]
    public void A_watermark_ahead_of_the_clock_does_not_stop_what_is_new() => Assert.Equal(
        new(From.AddHours(9), From.AddHours(10), false),
        PullPlan.Live(Pull(overlapHours: 1, settleMinutes: 0), From.AddDays(30), From.AddHours(10)));

    [Fact]
    public void A_window_ends_at_a_whole_minute_that_has_passed_and_after_seven_days_at_most()
    {
        var pull = Pull(overlapHours: 0, settleMinutes: 30);

        Assert.Null(PullPlan.Counting(pull, new(From, null), From.AddSeconds(59), Real));
        Assert.Equal(
            new(From, From.AddMinutes(7), true), PullPlan.Counting(pull, new(From, null), From.AddSeconds(479), Real));
        Assert.Equal(
            new(From, From.AddDays(7), true), PullPlan.Counting(pull, new(From, null), From.AddDays(100), Real));
    }

    [Fact]
    public void The_second_read_is_of_the_same_window_and_waits_for_both_clocks()
    {
        var pull = Pull(overlapHours: 0, settleMinutes: 30);
        var mark = new Watermark(From, new(From, From.AddHours(1), From.AddHours(1), Real, Real, SetDigest.Of([])));

        Assert.Null(PullPlan.Counting(pull, mark, From.AddHours(9), Real.AddMinutes(29)));
        Assert.Null(PullPlan.Counting(pull, mark, From.AddMinutes(89), Real.AddHours(1)));
        Assert.Equal(
            new(From, From.AddHours(1), true), PullPlan.Counting(pull, mark, From.AddMinutes(90), Real.AddMinutes(30)));
    }

    // The first read of a window that the watermark has been set past by hand is of no use any more.
    [Fact]
    public void A_read_that_the_watermark_has_passed_waits_for_nothing()
    {
        var mark = new Watermark(
            From.AddHours(2), new(From, From.AddHours(1), From.AddHours(1), Real, Real, SetDigest.Of([])));

        Assert.Equal(
            new(From.AddHours(2), From.AddHours(3), true),
            PullPlan.Counting(Pull(overlapHours: 0, settleMinutes: 30), mark, From.AddHours(3), Real));
    }

    // A source that goes on writing events of a time for a while, by its own clock: where nothing is written later than the
    // settling time, nothing is ever missing below the watermark; and whatever it does, the watermark only goes on.
    [Fact]
    public void Below_the_watermark_nothing_is_missing_of_what_settles_in_time() =>
        Gen.Select(
            Gen.Int[0, 90], Gen.Int[1, 50].Array[1, 60], Gen.Select(Gen.Int[0, 3_000], Gen.Int[0, 100]).Array[0, 60])
            .Sample((settle, steps, written) =>
        {
            var pull = Pull(overlapHours: 0, settleMinutes: settle);
            var mark = new Watermark(From, null);
            var events = written.Select((one, place) => (
                At: From.AddMinutes(one.Item1), Seen: one.Item1 + (one.Item2 * settle / 101),
                Id: new Guid(place, 0, 0, new byte[8]))).ToList();
            var taken = new HashSet<Guid>();
            var minutes = 0;
            foreach (var step in steps)
            {
                minutes += step;
                var (clock, now) = (From.AddMinutes(minutes), Real.AddMinutes(minutes));
                if (PullPlan.Counting(pull, mark, clock, now) is not { } window)
                {
                    continue;
                }

                Assert.True(window.From <= mark.CompleteTo && window.To > mark.CompleteTo && window.To <= clock);
                var found = events.Where(
                    one => one.At >= window.From && one.At < window.To && one.Seen <= minutes)
                    .Select(one => one.Id).ToList();
                taken.UnionWith(found);
                var before = mark.CompleteTo;
                var after = mark.After(new(window.From, window.To, clock, now, now, SetDigest.Of(found)), pull.Settle);
                mark = after.After;
                Assert.True(mark.CompleteTo >= before);
                Assert.True(settle == 0 || after is not WatermarkStep.Moved || now >= Real.AddMinutes(settle));
            }

            Assert.All(events.Where(one => one.At < mark.CompleteTo), one => Assert.Contains(one.Id, taken));
        });

    // Where the clocks go on, no window waits for ever.
    [Fact]
    public void A_source_that_settles_becomes_complete() =>
        Gen.Select(Gen.Int[0, 120], Gen.Int[1, 60]).Sample(Completes);

    [Fact]
    public void A_window_passes_the_end_of_the_week_in_which_it_begins_or_none()
    {
        var monday = From.AddDays(7);

        Assert.Null(PullPlan.EndsIn(new(From, monday.AddTicks(-1), Counts: true)));
        Assert.Equal(WeekId.Of(From), PullPlan.EndsIn(new(From, monday, Counts: true)));
        Assert.Equal(
            WeekId.Of(From), PullPlan.EndsIn(new(monday.AddMinutes(-1), monday.AddMinutes(9), Counts: true)));
        Assert.Null(PullPlan.EndsIn(new(monday, monday.AddMinutes(9), Counts: true)));
    }

    [Fact]
    public void Of_a_week_is_asked_what_has_been_and_nothing_before_the_first_instant()
    {
        var pull = Pull(overlapHours: 0, settleMinutes: 0) with { From = From.AddDays(1) };
        var week = WeekId.Of(From);

        Assert.Null(PullPlan.OfWeek(pull, week.Previous, week.End));
        Assert.Null(PullPlan.OfWeek(pull, week.Next, week.End));
        Assert.Equal(new(From.AddDays(1), From.AddDays(2), true), PullPlan.OfWeek(pull, week, From.AddDays(2)));
        Assert.Equal(new(week.End, week.End.AddDays(7), true), PullPlan.OfWeek(pull, week.Next, week.End.AddDays(20)));
    }

    [Theory]
    [InlineData(SourceKind.PostHog, 1)]
    [InlineData(SourceKind.Aisystant, 1)]
    [InlineData(SourceKind.Discourse, 7)]
    public void The_past_is_read_in_parts_that_leave_no_gap_and_end_with_it(SourceKind kind, int days)
    {
        var (at, end, parts) = (From, From.AddDays(15).AddHours(1), 0);
        while (at < end)
        {
            var part = PullPlan.Back(kind, at, end);
            Assert.True(part is { Counts: true, IsBack: true } && part.From == at && part.To > at && part.To <= end);
            (at, parts) = (part.To, parts + 1);
        }

        Assert.Equal((15 / days) + 1, parts);
    }

    private static void Completes(int settle, int step)
    {
        var pull = Pull(overlapHours: 0, settleMinutes: settle);
        var mark = new Watermark(From, null);
        var end = (4 * settle) + (4 * step) + 10;
        for (var minutes = 0; minutes <= end; minutes += step)
        {
            var (clock, now) = (From.AddMinutes(minutes), Real.AddMinutes(minutes));
            if (PullPlan.Counting(pull, mark, clock, now) is { } window)
            {
                mark = mark.After(new(window.From, window.To, clock, now, now, SetDigest.Of([])), pull.Settle).After;
            }
        }

        Assert.True(mark.CompleteTo > From);
    }

    private static PullSettings Pull(int overlapHours, int settleMinutes) => new(
        TimeSpan.FromMinutes(1), TimeSpan.FromHours(overlapHours), TimeSpan.FromMinutes(settleMinutes), From, 60);
}

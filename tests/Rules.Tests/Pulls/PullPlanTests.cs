using CsCheck;
using Stk.Rules.Pulls;
using Stk.Rules.Sources;

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

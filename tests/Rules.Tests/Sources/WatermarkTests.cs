using CsCheck;
using Stk.Rules.Sources;

namespace Stk.Rules.Tests.Sources;

public sealed class WatermarkTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Settle = TimeSpan.FromMinutes(30);
    private static readonly SetDigest One = SetDigest.Of([new Guid(1, 0, 0, new byte[8])]);
    private static readonly SetDigest Other = SetDigest.Of([]);
    private static readonly Watermark Begin = new(Start, null);

    [Fact]
    public void Two_like_reads_apart_by_the_settling_time_move_it()
    {
        var first = Unmoved(Begin.After(Read(at: 60, One), Settle), Hold.FirstRead);
        Unmoved(first.After(Read(at: 89, One), Settle), Hold.NotSettled);

        var moved = Assert.IsType<WatermarkStep.Moved>(first.After(Read(at: 91, One), Settle));

        Assert.Equal(new(Start.AddHours(1), null), moved.After);
    }

    [Fact]
    public void A_second_read_too_soon_leaves_the_first_to_wait()
    {
        var first = Unmoved(Begin.After(Read(at: 60, One), Settle), Hold.FirstRead);
        var still = Unmoved(first.After(Read(at: 70, One), Settle), Hold.NotSettled);

        Assert.IsType<WatermarkStep.Moved>(still.After(Read(at: 91, One), Settle));
    }

    [Fact]
    public void Reads_that_differ_are_shown_and_the_later_one_waits()
    {
        var first = Unmoved(Begin.After(Read(at: 60, One), Settle), Hold.FirstRead);

        var differed = Assert.IsType<WatermarkStep.Differed>(first.After(Read(at: 120, Other), Settle));
        Assert.Equal((One, Other), (differed.Before, differed.Found));

        Unmoved(differed.After.After(Read(at: 121, Other), Settle), Hold.NotSettled);
        Assert.IsType<WatermarkStep.Moved>(differed.After.After(Read(at: 151, Other), Settle));
    }

    [Fact]
    public void A_window_that_had_not_ended_or_leaves_a_gap_or_is_complete_moves_nothing()
    {
        Unmoved(Begin.After(Read(at: 59, One), Settle), Hold.WindowOpen);
        Unmoved(new Watermark(Start.AddMinutes(-1), null).After(Read(at: 60, One), Settle), Hold.LeavesGap);
        Unmoved(new Watermark(Start.AddHours(1), null).After(Read(at: 60, One), Settle), Hold.AlreadyComplete);
    }

    [Fact]
    public void Without_a_settling_time_two_reads_are_needed_all_the_same()
    {
        var first = Unmoved(Begin.After(Read(at: 60, One), TimeSpan.Zero), Hold.FirstRead);
        Assert.IsType<WatermarkStep.Moved>(first.After(Read(at: 61, One), TimeSpan.Zero));
    }

    [Fact]
    public void The_economys_clock_judges_the_windows_end_and_real_time_the_pause()
    {
        // A manual clock: it stands, while real time goes on.
        var first = Unmoved(Begin.After(Read(at: 500, One) with { Clock = Start.AddMinutes(61) }, Settle), Hold.FirstRead);
        Unmoved(first.After(Read(at: 600, One) with { Clock = Start.AddMinutes(61) }, Settle), Hold.NotSettled);
        Assert.IsType<WatermarkStep.Moved>(first.After(Read(at: 600, One) with { Clock = Start.AddMinutes(90) }, Settle));
    }

    [Fact]
    public void It_never_goes_back_and_never_past_what_has_not_settled() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int[0, 3], Gen.Int[0, 4], Gen.Bool).Array[1, 60].Sample(reads =>
        {
            var mark = Begin;
            var minute = 0;
            foreach (var (step, from, hours, isOne) in reads)
            {
                minute += step;
                var read = Read(minute, isOne ? One : Other) with
                {
                    From = Start.AddHours(from),
                    To = Start.AddHours(from + hours + 1),
                };
                var after = mark.After(read, Settle).After;
                Assert.True(after.CompleteTo >= mark.CompleteTo);
                Assert.True(after.CompleteTo == mark.CompleteTo || after.CompleteTo + Settle <= read.Clock);
                mark = after;
            }
        });

    [Fact]
    public void A_digest_is_of_the_set_whatever_the_order_and_the_repeats() =>
        Gen.Guid.Array[0, 50].Sample(uuids =>
        {
            var digest = SetDigest.Of(uuids);
            Assert.Equal(digest, SetDigest.Of(uuids.Reverse().Concat(uuids)));
            Assert.NotEqual(digest, SetDigest.Of(uuids.Append(Guid.NewGuid())));
        });

    [Fact]
    public void An_objects_hash_is_for_ever() => Assert.Equal(unchecked((long)0xba7816bf8f01cfeaUL), ObjectHash.Of("abc"));

    private static WindowRead Read(int at, SetDigest found) => new(
        Start, Start.AddHours(1), Start.AddMinutes(at), Start.AddMinutes(at), Start.AddMinutes(at).AddSeconds(30), found);

    private static Watermark Unmoved(WatermarkStep step, Hold why)
    {
        Assert.Equal(why, Assert.IsType<WatermarkStep.Unmoved>(step).Why);
        return step.After;
    }
}

using CsCheck;
using Stk.Cli.Replay;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Cli.Tests.Replay;

public sealed class ReplayPlanTests : IDisposable
{
    private static readonly WeekId First = WeekId.OfNumber(201440);

    private readonly string _directory = Directory.CreateTempSubdirectory("stk-replay-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void A_new_slice_begins_where_a_later_week_does()
    {
        var third = First.Next.Next;
        Assert.Equal<WeekSlice>(
            [new(First, 2), new(third, 1)],
            ReplayPlan.Cut([First, First, third]));
    }

    [Fact]
    public void An_event_of_a_week_already_passed_is_sent_in_the_week_under_way()
    {
        Assert.Equal<WeekSlice>(
            [new(First, 1), new(First.Next, 3)],
            ReplayPlan.Cut([First, First.Next, First, First.Next]));
    }

    [Fact]
    public void A_line_without_a_time_goes_with_the_lines_around_it()
    {
        Assert.Equal<WeekSlice>(
            [new(First, 3), new(First.Next, 2)],
            ReplayPlan.Cut([null, First, null, First.Next, null]));
    }

    [Fact]
    public void Lines_without_any_time_give_no_plan() => Assert.Empty(ReplayPlan.Cut([null, null]));

    [Fact]
    public void Every_line_is_in_one_slice_and_weeks_only_grow() =>
        Gen.Int[-1, 60].Select(week => week < 0 ? (WeekId?)null : WeekId.Of(First.Monday.AddDays(7 * week)))
            .Array[1, 200].Where(weeks => weeks.Any(week => week is not null))
            .Sample(weeks =>
            {
                var slices = ReplayPlan.Cut(weeks);
                Assert.Equal(weeks.Length, slices.Sum(slice => slice.Lines));
                Assert.All(slices.Zip(slices.Skip(1)), pair => Assert.True(pair.First.Week < pair.Second.Week));
                Assert.All(slices, slice => Assert.True(slice.Lines > 0));
                Assert.Equal(weeks.Max(), slices[^1].Week);
            });

    [Fact]
    public void The_clock_stands_on_a_weeks_last_second_and_then_on_monday_at_eight()
    {
        var slice = new WeekSlice(WeekId.OfNumber(201552), 1);
        Assert.Equal(new DateTimeOffset(2015, 12, 27, 23, 59, 59, TimeSpan.Zero), slice.LastSecond);
        Assert.Equal(new DateTimeOffset(2015, 12, 28, 8, 0, 0, TimeSpan.Zero), slice.Closed);
    }

    [Fact]
    public void A_line_is_read_as_the_API_reads_it()
    {
        Assert.Equal(First, Line("""{"uuid":"bdb5400b-0f4f-54bb-ace1-46c12db4c91e","event":"A","distinct_id":"s","timestamp":"2014-10-05T23:59:59.999Z"}""").Week());
        // Monday already, where the offset says so.
        Assert.Equal(First.Next, Line("""{"uuid":"bdb5400b-0f4f-54bb-ace1-46c12db4c91e","event":"A","distinct_id":"s","timestamp":"2014-10-05T23:00:00-02:00"}""").Week());
        Assert.Null(Line("""{"uuid":"bdb5400b-0f4f-54bb-ace1-46c12db4c91e","event":"A","distinct_id":"s","timestamp":"2014-10-05T23:59:59"}""").Week());
        Assert.Null(Line("""{"uuid":"bdb5400b-0f4f-54bb-ace1-46c12db4c91e","event":"A","distinct_id":"s","timestamp":"1969-10-05T23:59:59Z"}""").Week());
        Assert.NotNull(Line("{").Fault);
        Assert.Null(Line("5").Week());
    }

    [Fact]
    public void A_file_and_the_same_file_gzipped_have_one_fingerprint_and_others_do_not()
    {
        var lines = FakeEconomy.Events(First, 3);
        var plain = ReplayFiles.Plain(_directory, lines);
        var gzip = ReplayFiles.Gzip(_directory, lines);
        var other = ReplayFiles.Plain(_directory, FakeEconomy.Events(First, 4));

        var plan = ReplayPlan.Of(EventLines.Read([plain]));

        Assert.Equal(plan.Fingerprint, ReplayPlan.Of(EventLines.Read([gzip])).Fingerprint);
        Assert.NotEqual(plan.Fingerprint, ReplayPlan.Of(EventLines.Read([other])).Fingerprint);
    }

    private static EventLine Line(string json) => new("f", 1, System.Text.Encoding.UTF8.GetBytes(json));
}

using Stk.Cli.Replay;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Cli.Tests.Replay;

public sealed class ReplayDisplayTests : IDisposable
{
    private static readonly WeekId First = WeekId.OfNumber(201440);

    private static readonly ReplayPlan Plan = new([new(First, 1000), new(First.Next, 3000)], new string('0', 64));

    private readonly StandingTime _time = new();
    private readonly StringWriter _output = new() { NewLine = "\n" };

    public void Dispose() => _output.Dispose();

    [Fact]
    public void Where_there_is_no_terminal_a_closed_week_is_a_line()
    {
        var display = new ReplayDisplay(Plan, _output, isTerminal: false, _time);
        var progress = ReplayProgress.Beginning(0);
        display.Begin(progress);
        _time.Pass(TimeSpan.FromSeconds(10));
        display.Sent(progress with { Lines = 1000 });
        display.Closed(progress with { Slice = 1 });
        // Half of the weeks and a quarter of the events: three eighths are done in 10 s, so the rest takes 16.7.
        Assert.Equal(
            "4,000 events in 2 weeks, 2014-W40 to 2014-W41.\n"
            + "2014-W40 closed: 1 of 2 weeks, 1,000 of 4,000 events, 100/s, 0:16 left\n",
            _output.ToString());
    }

    [Fact]
    public void On_a_terminal_one_line_changes_and_a_shorter_one_covers_a_longer()
    {
        var display = new ReplayDisplay(Plan, _output, isTerminal: true, _time);
        var progress = ReplayProgress.Beginning(0);
        display.Begin(progress);
        display.Waiting(new(First.Start, First.Start, "settles 2014-W39 with a long name"));
        _time.Pass(TimeSpan.FromSeconds(1));
        display.Waiting(new(First.Start, First.Start));
        var shown = _output.ToString().Split('\n')[^1].Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, shown.Length);
        Assert.Contains("settles 2014-W39", shown[0], StringComparison.Ordinal);
        Assert.Equal(shown[0].Length, shown[1].Length);
        Assert.DoesNotContain("long name", shown[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(80)]
    [InlineData(100)]
    public void The_line_that_changes_is_shorter_than_the_terminal(int columns)
    {
        var display = new ReplayDisplay(Plan, _output, isTerminal: true, _time, columns);
        display.Begin(ReplayProgress.Beginning(0));
        display.Waiting(new(First.Start, First.Start, "settles 2014-W39 with a long name"));
        _time.Pass(TimeSpan.FromSeconds(1));
        display.Sent(ReplayProgress.Beginning(0) with { Lines = 500 });
        var shown = _output.ToString().Split('\n')[^1].Split('\r', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, shown.Length);
        Assert.All(shown, line => Assert.InRange(line.Length, 1, columns - 1));
        Assert.All(shown, line => Assert.Contains("2014-W40", line, StringComparison.Ordinal));
    }

    [Fact]
    public void A_replay_that_goes_on_measures_its_own_pace()
    {
        var display = new ReplayDisplay(Plan, _output, isTerminal: false, _time);
        var progress = ReplayProgress.Beginning(0) with { Slice = 1, Lines = 1000 };
        display.Begin(progress);
        _time.Pass(TimeSpan.FromSeconds(10));
        display.Closed(progress with { Slice = 2, Lines = 0 });
        Assert.Equal(
            "Goes on at 2014-W41, after 2,000 of 4,000 events.\n"
            + "2014-W41 closed: 2 of 2 weeks, 4,000 of 4,000 events, 200/s, 0:00 left\n",
            _output.ToString());
    }

    private sealed class StandingTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(TimeSpan time) => _ticks += time.Ticks;
    }
}

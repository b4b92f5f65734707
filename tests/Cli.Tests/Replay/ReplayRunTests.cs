using Stk.Cli.Replay;
using Stk.Client;
using Stk.Client.Connections;
using Stk.Client.Statistics;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Cli.Tests.Replay;

public sealed class ReplayRunTests : IDisposable
{
    private static readonly WeekId First = WeekId.OfNumber(201440);

    private readonly string _directory = Directory.CreateTempSubdirectory("stk-replay-").FullName;
    private readonly FakeEconomy _economy = new();

    public void Dispose()
    {
        _economy.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task A_week_is_its_last_second_then_its_events_then_monday_at_eight()
    {
        await Run([.. FakeEconomy.Events(First, 2), .. FakeEconomy.Events(First.Next.Next, 1)]);
        Assert.Equal(
            [
                "clock 2014-10-05 23:59:59", "events 2", "clock 2014-10-06 08:00:00",
                "clock 2014-10-19 23:59:59", "events 1", "clock 2014-10-20 08:00:00",
            ],
            _economy.Calls);
    }

    [Fact]
    public async Task An_event_of_a_closed_week_is_sent_all_the_same_and_is_late()
    {
        var (end, _) = await Run(
            [
                .. FakeEconomy.Events(First, 1),
                .. FakeEconomy.Events(First.Next, 1),
                FakeEconomy.Event(First, 99, First.Start),
            ]);
        Assert.Equal(new Outcomes { Counted = 2, Late = 1 }, end.Answers);
    }

    [Fact]
    public async Task Arrays_are_no_longer_than_the_API_takes()
    {
        await Run(FakeEconomy.Events(First, EventBatch.MostEvents + 1));
        Assert.Contains("events 10000", _economy.Calls);
        Assert.Contains("events 1", _economy.Calls);
    }

    [Fact]
    public async Task A_line_that_is_no_JSON_is_counted_and_keeps_no_other_from_being_sent()
    {
        var (end, _) = await Run([.. FakeEconomy.Events(First, 1), "{\"uuid\":", "5", .. FakeEconomy.Events(First, 2)]);
        Assert.Equal(1, end.Unreadable);
        Assert.Equal(new Outcomes { Counted = 2, Duplicate = 1, Rejected = 1 }, end.Answers);
        Assert.EndsWith(":3: $ must be an object", end.FirstRejected, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_week_of_lines_that_are_no_JSON_after_its_first_does_not_stop_it()
    {
        var (end, _) = await Run([.. FakeEconomy.Events(First, 1), .. Enumerable.Repeat("{", 3)]);
        Assert.Equal(3, end.Unreadable);
        Assert.Equal("clock 2014-10-06 08:00:00", _economy.Calls[^1]);
    }

    // Every request but the last can be the one that breaks; each breaks before its effect, or after it.
    [Theory]
    [CombinatorialInterruptions]
    public async Task Interrupted_anywhere_and_started_again_it_ends_as_if_never_interrupted(int request, bool before)
    {
        string[] lines =
        [
            .. FakeEconomy.Events(First, 20), .. FakeEconomy.Events(First, 3), "{",
            .. FakeEconomy.Events(First.Next, 2), FakeEconomy.Event(First, 99, First.Start),
        ];
        var (expected, _) = await Run(lines, new FakeEconomy(), "uninterrupted");

        _economy.BreaksAfter = request;
        _economy.BreaksBeforeTheEffect = before;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(lines));
        _economy.BreaksAfter = null;
        var (end, _) = await Run(lines);

        Assert.Equal(expected.Answers.Duplicate, end.Answers.Duplicate);
        Assert.Equal(expected.Answers.Rejected, end.Answers.Rejected);
        Assert.Equal(expected.Unreadable, end.Unreadable);
        Assert.Equal(22, _economy.Stored.Values.Count(outcome => outcome == "counted"));
        Assert.Equal(1, _economy.Stored.Values.Count(outcome => outcome == "late"));
        Assert.Equal(4, _economy.Calls.Count(call => call.StartsWith("clock", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Replayed_again_after_its_end_it_sends_nothing()
    {
        var (first, _) = await Run(FakeEconomy.Events(First, 3));
        _economy.Calls.Clear();
        var (again, _) = await Run(FakeEconomy.Events(First, 3));
        Assert.Empty(_economy.Calls);
        Assert.Equal(first, again);
    }

    [Fact]
    public async Task An_economy_whose_clock_is_later_is_refused_by_its_home()
    {
        await Run(FakeEconomy.Events(First.Next, 1));
        _economy.Calls.Clear();

        var refusal = await Assert.ThrowsAsync<ReplayRefusal>(() => Run(FakeEconomy.Events(First, 1)));

        Assert.Contains("STK_HOME (/srv/stk)", refusal.Message, StringComparison.Ordinal);
        Assert.Empty(_economy.Calls);
    }

    [Fact]
    public async Task An_economy_whose_clock_somebody_has_moved_meanwhile_is_refused()
    {
        _economy.BreaksAfter = 6; // the first answer to events is lost
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(FakeEconomy.Events(First, 1)));
        _economy.BreaksAfter = null;
        _economy.Clock = First.Next.End;

        await Assert.ThrowsAsync<ReplayRefusal>(() => Run(FakeEconomy.Events(First, 1)));
    }

    [Fact]
    public async Task Into_an_economy_made_anew_the_whole_file_is_sent_again()
    {
        await Run([.. FakeEconomy.Events(First, 2), .. FakeEconomy.Events(First.Next, 2)]);
        using var anew = new FakeEconomy();
        await Run([.. FakeEconomy.Events(First, 2), .. FakeEconomy.Events(First.Next, 2)], anew);
        Assert.Equal(4, anew.Stored.Count);
        Assert.Equal(6, anew.Calls.Count);
    }

    [Fact]
    public async Task An_economy_that_was_restored_from_the_middle_goes_on_at_the_week_that_it_has_not_closed()
    {
        string[] lines =
        [
            .. FakeEconomy.Events(First, 2), .. FakeEconomy.Events(First.Next, 3), .. FakeEconomy.Events(First.Next.Next, 1),
        ];
        await Run(lines);
        using var restored = new FakeEconomy();
        await Run(lines[..2], restored, "another replay, which has made what the copy holds");
        restored.Calls.Clear();
        using var shown = new StringWriter();

        var (end, _) = await Run(lines, restored, display: shown);

        Assert.Contains("STK_HOME (/srv/stk), which was restored or made anew since", shown.ToString(), StringComparison.Ordinal);
        Assert.Equal(
            [
                "clock 2014-10-12 23:59:59", "events 3", "clock 2014-10-13 08:00:00",
                "clock 2014-10-19 23:59:59", "events 1", "clock 2014-10-20 08:00:00",
            ],
            restored.Calls);
        Assert.Equal(new Outcomes { Counted = 4 }, end.Answers);
        Assert.Equal(6, restored.Stored.Count);
    }

    [Fact]
    public async Task A_journal_that_has_become_shorter_is_no_economy_of_before()
    {
        _economy.Head = "120:aa";
        await Run(FakeEconomy.Events(First, 2));
        _economy.Head = "100:bb";
        using var shown = new StringWriter();
        await Assert.ThrowsAsync<ReplayRefusal>(() => Run(FakeEconomy.Events(First, 2), display: shown));
        Assert.Contains("ahead of the economy", shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_economy_that_is_as_it_was_is_trusted_without_a_word()
    {
        await Run(FakeEconomy.Events(First, 2));
        using var shown = new StringWriter();
        await Run(FakeEconomy.Events(First, 2), display: shown);
        Assert.DoesNotContain("ahead", shown.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_file_goes_on_where_an_earlier_one_ended()
    {
        await Run(FakeEconomy.Events(First, 2));
        var (end, totals) = await Run(FakeEconomy.Events(First.Next, 3));
        Assert.Equal(new Outcomes { Counted = 3 }, end.Answers);
        Assert.Equal(5, totals.Stored("replay"));
    }

    [Fact]
    public async Task A_host_that_is_away_for_a_moment_is_asked_again()
    {
        _economy.Unavailable = 2;
        var (end, _) = await Run(FakeEconomy.Events(First, 1));
        Assert.Equal(new Outcomes { Counted = 1 }, end.Answers);
    }

    [Fact]
    public async Task The_table_says_the_services_totals_and_this_replays_answers()
    {
        var (end, totals) = await Run([.. FakeEconomy.Events(First, 3), .. FakeEconomy.Events(First, 1), "5"]);
        var table = ReplayTable.Lines(end, totals).ToList();
        Assert.Contains(
            table,
            line =>
                line.StartsWith("events counted", StringComparison.Ordinal)
                    && line.TrimEnd().EndsWith(" 3", StringComparison.Ordinal));
        Assert.Contains(
            table,
            line =>
                line.StartsWith("duplicates in this replay", StringComparison.Ordinal)
                    && line.TrimEnd().EndsWith(" 1", StringComparison.Ordinal));
        Assert.Contains(
            table,
            line =>
                line.StartsWith("rejected in this replay", StringComparison.Ordinal)
                    && line.TrimEnd().EndsWith(" 1", StringComparison.Ordinal));
        Assert.Equal("ledger head 0:00", table[^1]);
    }

    private async Task<(ReplayProgress Progress, Totals Totals)> Run(
        IEnumerable<string> lines, FakeEconomy? economy = null, string? directory = null, TextWriter? display = null)
    {
        var file = ReplayFiles.Gzip(_directory, lines);
        var settings = ClientSettings.Patient with { Transport = economy ?? _economy };
        using var client = new TokenomicsClient(new("http://127.0.0.1:1"), "ingest", settings);
        using var operations = new TokenomicsClient(new("http://127.0.0.1:1"), "operator", settings);
        var plan = ReplayPlan.Of(EventLines.Read([file]), skipBadLines: true);
        return await new ReplayRun(
            client, operations, plan, EventLines.Read([file]),
            new(Path.Combine(_directory, directory ?? "own"), plan.Fingerprint),
            new(plan, display ?? TextWriter.Null, isTerminal: true, TimeProvider.System), "replay", "/srv/stk")
            .Run(CancellationToken.None);
    }

    private sealed class CombinatorialInterruptionsAttribute : Xunit.Sdk.DataAttribute
    {
        // Totals and clock; per week: clock read, set, read, events, clock read, set, read; totals.
        private const int Requests = 2 + (2 * 7) + 1;

        public override IEnumerable<object[]> GetData(System.Reflection.MethodInfo testMethod) =>
            Enumerable.Range(0, Requests).SelectMany(request => new object[][] { [request, true], [request, false] });
    }
}

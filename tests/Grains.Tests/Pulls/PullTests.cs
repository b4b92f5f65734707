using System.Globalization;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Pulls;
using Stk.Testing;
using Stk.Testing.Channels;
using Stk.Testing.Sources;
using Xunit;

namespace Stk.Grains.Tests.Pulls;

/// <summary>Sources that are asked, over HTTP, by two silos at once.</summary>
[Collection(EconomyCollection.Name)]
public sealed class PullTests(EconomyServer server)
{
    private static readonly DateTimeOffset Start = TestEconomy.FirstWeek.Start;

    [Fact]
    public async Task Posthog_is_read_by_pages_and_complete_once_two_reads_were_alike()
    {
        await using var sources = await PulledSources.Start(server);
        await using var fake = new FakePostHog(PulledSources.Key);
        var twice = FakeRow.Of("section_completed", "u-2", Start.AddHours(3));
        fake.Add([
            .. Enumerable.Range(0, 8).Select(hour => FakeRow.Of("section_completed", "u-1", Start.AddHours(hour))),
            twice, twice, FakeRow.Of("$pageview", "u-1", Start.AddHours(4)), FakeRow.Of("other", "u-1", Start.AddHours(4)),
            FakeRow.Of("section_completed", "", Start.AddHours(5)),
        ]);

        var name = await sources.Put("ph", PostHog(fake));
        var source = await sources.UntilComplete(name);

        Assert.Equal(((DateTimeOffset?)PulledSources.Now, 1), (source.CompleteTo, source.Quarantined));
        Assert.Equal(
            ((DateTimeOffset?)Start.AddHours(7), (string?)null, 0),
            (source.Pull!.LastEventAt, source.Pull.LastError, source.Pull.Differences));
        Assert.Equal(
            [.. Enumerable.Repeat("SectionCompleted u-1", 8), "SectionCompleted u-2"],
            (await sources.Events()).Where(row => row.StartsWith("Section", StringComparison.Ordinal)));
        Assert.Equal(
            "1", Assert.Single(await sources.Economy.Rows("SELECT count(*)::text FROM activity.events WHERE type = 'PageView'")));
        Assert.DoesNotContain(await sources.Events(), row => row.StartsWith("other", StringComparison.Ordinal));

        // What is written late, of a time that is complete, is still found within the overlap.
        fake.Add(FakeRow.Of("section_completed", "u-3", PulledSources.Now.AddHours(-1)));
        await Eventually.Get(
            sources.Events, until: rows => rows.Contains("SectionCompleted u-3"), "what was written late is found");
        await sources.Verify();
    }

    [Fact]
    public async Task A_week_waits_until_its_pulled_source_is_complete()
    {
        await using var sources = await PulledSources.Start(server);
        await using var fake = new FakePostHog(PulledSources.Key) { Instead = _ => new(500) };
        fake.Add(FakeRow.Of("section_completed", "u-1", Start.AddHours(3)));
        var name = await sources.Put("ph", PostHog(fake));

        await sources.Economy.SetClock(TestEconomy.FirstWeek.End.AddHours(8));
        await sources.Until(name, source => source.Pull is { State: "failing", LastError: "http-500" }, "it fails");
        Assert.NotEqual(
            Stk.Rules.Runs.WeekStages.Last, (await sources.Economy.Week(TestEconomy.FirstWeek).GetStatus()).Done);

        fake.Instead = null;
        await sources.Economy.WaitUntilSettled(TestEconomy.FirstWeek);
        Assert.Equal(["SectionCompleted u-1"], await sources.Events());
        await sources.Verify();
    }

    [Fact]
    public async Task Whatever_a_source_answers_nothing_moves_it_says_why_and_it_recovers_by_itself()
    {
        await using var sources = await PulledSources.Start(server, more: ("Stk:Sources:PullAnswerMs", "2000"));
        var faults = new Dictionary<string, (string Reason, Func<SunkRequest, SinkAnswer?> Answer)>(StringComparer.Ordinal)
        {
            ["busy"] = ("http-429", _ => new(429, Headers: ["Retry-After: 1"])),
            ["ill"] = ("http-500", _ => new(500)),
            ["elsewhere"] = ("http-302", _ => new(302, Headers: ["Location: /login"])),
            ["login"] = (PullReasons.NotJson, _ => new(Headers: ["Content-Type: text/html"]) { Body = "<html>"u8.ToArray() }),
            ["login-as-json"] = (PullReasons.NotJson, _ => SinkAnswer.Json("<html>")),
            ["half"] = ("no-connection", _ => SinkAnswer.Json("""{"columns":[]}""") with { CutAt = 5 }),
            ["other-form"] = (PullReasons.Form("columns"), _ => SinkAnswer.Json("""{"results":[]}""")),
            ["same-page"] = (PullReasons.Form("results"), _ => SamePage()),
            ["silent"] = ("timeout", _ => new(Hangs: true)),
        };
        var fakes = new List<FakePostHog>();
        try
        {
            foreach (var (name, fault) in faults)
            {
                var fake = new FakePostHog(PulledSources.Key) { Instead = fault.Answer };
                fake.Add(FakeRow.Of("section_completed", name, Start.AddHours(3)));
                fakes.Add(fake);
                await sources.Put(name, PostHog(fake));
            }

            await sources.Put("without-key", PostHog(fakes[0]), hasKey: false);
            foreach (var (name, fault) in faults)
            {
                var source = await sources.Until(
                    name, one => one.Pull is { State: "failing" } pull && pull.LastError == fault.Reason,
                    $"it fails by {fault.Reason}");
                Assert.Equal(
                    ((DateTimeOffset?)null, (DateTimeOffset?)null), (source.CompleteTo, source.Pull!.LastPullAt));
            }

            await sources.Until("without-key", one => one.Pull?.LastError == PullReasons.NoKey, "it has no key");

            fakes.ForEach(fake => fake.Instead = null);
            sources.WriteKey("without-key");
            foreach (var name in faults.Keys.Append("without-key"))
            {
                await sources.UntilComplete(name);
            }

            // What the page that came again said has been taken in: it was true.
            Assert.Equal(
                faults.Keys.Order(StringComparer.Ordinal).Select(name => $"SectionCompleted {name}"),
                (await sources.Events()).Distinct().Where(row => !row.EndsWith("again", StringComparison.Ordinal)));
        }
        finally
        {
            foreach (var fake in fakes)
            {
                await fake.DisposeAsync();
            }
        }
    }

    // The first silo that asks hears nothing until another has done its work: what it hears then is of no use.
    [Fact]
    public async Task A_silo_that_stood_still_while_another_asked_does_nothing_twice_and_loses_nothing()
    {
        await using var sources = await PulledSources.Start(
            server, more: [("Stk:Sources:PullLeaseMs", "5000"), ("Stk:Sources:PullAnswerMs", "60000")]);
        await using var fake = new FakePostHog(PulledSources.Key);
        fake.Add(Enumerable.Range(0, 10).Select(hour => FakeRow.Of("section_completed", "u-1", Start.AddHours(hour))));
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var asked = 0;
        var nothing = SinkAnswer.Json(
            """{"columns":["uuid","event","distinct_id","timestamp","properties"],"results":[],"hasMore":false}""");
        fake.Instead = _ => Interlocked.Increment(ref asked) == 1 ? nothing with { After = gate.Task } : null;

        var name = await sources.Put("ph", PostHog(fake));
        await sources.UntilComplete(name);
        var before = await Reads(sources);
        gate.SetResult();
        // Another week day, so that the source is asked after the silo has heard.
        await sources.Economy.RunTo(PulledSources.Now.AddDays(1));
        await sources.UntilComplete(name, PulledSources.Now.AddDays(1));

        Assert.Equal(Enumerable.Repeat("SectionCompleted u-1", 10), await sources.Events());
        Assert.All(before, row => Assert.NotEqual("1", row.Split(' ')[0]));
        await sources.Verify();
    }

    [Fact]
    public async Task Two_reads_that_differ_are_counted_and_move_nothing_until_two_are_alike()
    {
        await using var sources = await PulledSources.Start(server, silos: 1);
        await using var fake = new FakePostHog(PulledSources.Key) { PageRows = 100 };
        var late = FakeRow.Of("section_completed", "late", Start.AddHours(2));
        var asked = 0;
        // The first request is for what is new, the second is the first read of the window.
        fake.Instead = _ =>
        {
            if (++asked == 3)
            {
                fake.Add(late);
            }

            return null;
        };

        var name = await sources.Put("ph", PostHog(fake));
        var source = await sources.UntilComplete(name);

        Assert.Equal(1, source.Pull!.Differences);
        Assert.Equal(
            ["f 0 1", "t 1 1"],
            await sources.Economy.Rows(
                "SELECT format('%s %s %s', is_moved, first_count, count) FROM sources.pull_reads ORDER BY place"));
        Assert.Equal(["SectionCompleted late"], await sources.Events());
        await sources.Verify();
    }

    [Fact]
    public async Task The_platform_is_complete_as_far_as_it_promises()
    {
        await using var sources = await PulledSources.Start(server);
        await using var fake = new FakePlatform(PulledSources.Key) { CompleteTo = Start };
        fake.Add([
            .. Enumerable.Range(0, 7).Select(hour => FakeRow.Of("SectionCompleted", "u-1", Start.AddHours(hour))),
            FakeRow.Of("CourseCompleted", "u-2", Start.AddHours(1)),
        ]);

        var name = await sources.Put(
            "platform", $$"""
                "kind":"aisystant","address":"{{fake.Address}}","types":["SectionCompleted"]
                """);
        await sources.Until(name, source => source.Pull?.LastPullAt is not null, "it was asked");
        Assert.Null((await sources.Get(name)).CompleteTo);
        Assert.Equal(Enumerable.Repeat("SectionCompleted u-1", 7), await sources.Events());
        Assert.Equal(1, (await sources.Get(name)).Quarantined);

        fake.CompleteTo = PulledSources.Now;
        await sources.UntilComplete(name);
        await sources.Verify();
    }

    [Fact]
    public async Task The_platforms_word_on_levels_counts_where_it_may_and_is_taken_once()
    {
        await using var sources = await PulledSources.Start(server);
        await using var fake = new FakePlatform(PulledSources.Key) { CompleteTo = PulledSources.Now, PageItems = 2 };
        foreach (var person in Enumerable.Range(1, 5))
        {
            fake.Put(new($"u-{person}", 2, Start.AddHours(person), Start.AddHours(person)));
        }

        var name = await sources.Put("platform", $$"""
            "kind":"aisystant","address":"{{fake.Address}}","mayLevel":true
            """);
        await sources.UntilComplete(name);
        fake.Put(new("u-1", 3, Start.AddHours(9), Start.AddHours(9)));
        fake.Put(new("u-2", 2, Start.AddHours(2), Start.AddHours(9)));
        await Levels(["u-1 2", "u-1 3", "u-2 2", "u-3 2", "u-4 2", "u-5 2"]);
        await sources.Verify();

        Task Levels(string[] expected) => Eventually.Get(
            () => sources.Economy.Rows("""
                SELECT participant.id, event.level FROM activity.events event
                JOIN activity.participants participant ON participant.number = event.participant ORDER BY 1, 2
                """),
            until: rows => rows.SequenceEqual(expected), "levels are as the platform says");
    }

    private static string PostHog(FakePostHog fake) => $$"""
        "kind":"posthog","project":3,"address":"{{fake.Address}}","types":["SectionCompleted","PageView"],
        "map":{"section_completed":"SectionCompleted","$pageview":"PageView"}
        """;

    private static Task<string[]> Reads(PulledSources sources) => sources.Economy.Rows(
        "SELECT format('%s %s', epoch, is_moved) FROM sources.pull_reads ORDER BY place");

    // One row that comes again however often one asks for what is after it.
    private static SinkAnswer SamePage() => SinkAnswer.Json(string.Create(CultureInfo.InvariantCulture, $$"""
        {"columns":["uuid","event","distinct_id","timestamp","properties"],"hasMore":true,
         "results":[["0197a3c2-5a10-7b43-9d3a-2f6b1c0e55a0","section_completed","again","{{Start.AddHours(1):O}}","{}"]]}
        """));
}

using System.Globalization;
using System.Text.Json;
using Stk.GrainInterfaces.Pulls;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Testing.Channels;
using Stk.Testing.Sources;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Pulls;

/// <summary>What a source is asked for besides what is new: the past, and whole weeks.</summary>
[Collection(EconomyCollection.Name)]
public sealed class BackfillTests(EconomyServer server)
{
    private static readonly WeekId Week = TestEconomy.FirstWeek;

    private static readonly DateTimeOffset Start = Week.Start;

    [Fact]
    public async Task The_past_is_read_behind_what_is_new_and_goes_on_where_it_stopped()
    {
        await using var sources = await PulledSources.Start(server);
        await using var fake = new FakePostHog(PulledSources.Key);
        var name = await sources.Put("ph", PostHog(fake), overlapHours: 0);
        await sources.Economy.RunTo(Start.AddDays(3));
        await sources.UntilComplete(name, Start.AddDays(3));
        fake.Add(Enumerable.Range(0, 3).Select(day => FakeRow.Of("section_completed", $"u-{day}", Start.AddDays(day))));
        // The second day cannot be read.
        var second = string.Create(CultureInfo.InvariantCulture, $">= toDateTime64('{Start.AddDays(1):yyyy-MM-dd}");
        fake.Instead = request => Query(request).Contains(second, StringComparison.Ordinal) ? new(500) : null;

        var asked = await Pulls(sources, name).Backfill(
            new(NewKey(), Start, Start.AddDays(3), "it was away", TwoPersons.First), default);
        Assert.Equal(PullVerdict.Asked, asked.Verdict);
        var stopped = await Eventually.Get(
            () => Backfill(sources, name), until: one => one.LastError is not null, "the second day stops it");
        Assert.Equal((Start.AddDays(1), 1L, "http-500"), (stopped.DoneTo, stopped.Found, stopped.LastError));

        // What is new goes on meanwhile.
        fake.Add(FakeRow.Of("section_completed", "new", Start.AddDays(3)));
        await sources.Economy.RunTo(Start.AddDays(3).AddHours(1));
        await sources.UntilComplete(name, Start.AddDays(3).AddHours(1));
        Assert.Equal(["SectionCompleted new", "SectionCompleted u-0"], await sources.Events());
        Assert.Null((await sources.Get(name)).Pull!.LastError);

        fake.Instead = null;
        var done = await Eventually.Get(
            () => Backfill(sources, name), until: one => one.DoneTo == one.To, "it is read to its end");
        Assert.Equal((3L, (string?)null), (done.Found, done.LastError));
        Assert.Equal(
            ["SectionCompleted new", "SectionCompleted u-0", "SectionCompleted u-1", "SectionCompleted u-2"],
            await sources.Events());
        await sources.Verify();
    }

    [Fact]
    public async Task A_week_is_held_against_the_source_and_what_is_missing_is_taken_in()
    {
        await using var sources = await PulledSources.Start(server);
        await using var fake = new FakePostHog(PulledSources.Key);
        fake.Add(FakeRow.Of("section_completed", "u-1", Start.AddHours(1)));
        var name = await sources.Put("ph", PostHog(fake), overlapHours: 0);
        await sources.UntilComplete(name);
        fake.Add(
            FakeRow.Of("section_completed", "u-2", Start.AddHours(2)), FakeRow.Of("section_completed", "", Start.AddHours(3)));

        var asked = await Pulls(sources, name).Check(new(NewKey(), Week, null, TwoPersons.First), default);
        Assert.Null(asked.Check!.CheckedTo);
        var done = await Check(sources, name);

        Assert.Equal(
            (2, 0, 1, (DateTimeOffset?)PulledSources.Now), (done.Missing, done.TakenBack, done.Added, done.CheckedTo));
        Assert.Equal(["SectionCompleted u-1", "SectionCompleted u-2"], await sources.Events());
        await sources.Verify();
    }

    [Fact]
    public async Task What_a_club_has_taken_back_is_counted()
    {
        await using var sources = await PulledSources.Start(server);
        await using var club = new FakeClub(PulledSources.Key);
        var post = club.Open(7, author: 11, Start.AddHours(1));
        club.Reply(7, author: 12, Start.AddHours(2));
        club.Like(post, 12, Start.AddHours(2));
        var name = await sources.Put("club", $"""
            "kind":"discourse","address":"{club.Address}","namespace":"club"
            """, everySeconds: 86_400, overlapHours: 0);
        await sources.UntilComplete(name);
        club.Reply(7, author: 13, Start.AddHours(3));
        club.TakeLikeBack(post, 12);

        await Pulls(sources, name).Check(new(NewKey(), Week, "a look", TwoPersons.First), default);
        var done = await Check(sources, name);

        // The answer is given and received, and so was the like.
        Assert.Equal((2, 2, 2), (done.Missing, done.TakenBack, done.Added));
        Assert.Equal(club.Truth(), await sources.Standing(name));
        await sources.Verify();
    }

    [Fact]
    public async Task No_watermark_passes_a_weeks_end_before_the_week_was_held_against_the_source()
    {
        await using var sources = await PulledSources.Start(server);
        await using var fake = new FakePostHog(PulledSources.Key);
        fake.Add(FakeRow.Of("section_completed", "u-1", Start.AddHours(1)));
        var name = await sources.Put("ph", PostHog(fake), overlapHours: 0);
        await sources.UntilComplete(name);
        Assert.Empty(await Pulls(sources, name).ListChecks(default));
        var late = FakeRow.Of("section_completed", "late", Start.AddHours(2));
        fake.Add(late);

        await sources.Economy.SetClock(Week.End.AddHours(8));
        await sources.Economy.WaitUntilSettled(Week);

        var done = Assert.Single(await Pulls(sources, name).ListChecks(default));
        Assert.Equal(
            (Week, 1, 0, 1, (DateTimeOffset?)Week.End, (string?)null),
            (done.Week, done.Missing, done.TakenBack, done.Added, done.CheckedTo, done.AskedBy));
        Assert.Equal(
            ["late", "u-1"], await sources.Economy.Rows("""
                SELECT participant.id FROM weeks.statements statement
                JOIN activity.participants participant ON participant.number = statement.participant ORDER BY 1
                """));
        Assert.Equal(
            PullVerdict.WeekSealed,
            (await Pulls(sources, name).Check(new(NewKey(), Week, null, TwoPersons.First), default)).Verdict);
        await sources.Verify();
    }

    [Fact]
    public async Task What_cannot_be_asked_is_refused_by_its_reason()
    {
        await using var sources = await PulledSources.Start(server, silos: 1);
        await using var fake = new FakePostHog(PulledSources.Key);
        var name = await sources.Put("ph", PostHog(fake), everySeconds: 86_400);
        await sources.UntilComplete(name);
        var (first, key) = (TwoPersons.First, NewKey());

        Assert.Equal(
            PullVerdict.UnknownSource, (await Pulls(sources, "none").Pull(new(NewKey(), null, first), default)).Verdict);
        Assert.Equal(
            PullVerdict.NothingThere,
            (await Pulls(sources, name).Backfill(
                new(NewKey(), Start, PulledSources.Now.AddDays(1), null, first), default)).Verdict);
        foreach (var week in (WeekId[])[Week.Previous, Week.Next])
        {
            Assert.Equal(
                PullVerdict.NothingThere,
                (await Pulls(sources, name).Check(new(NewKey(), week, null, first), default)).Verdict);
        }

        // It is not its turn for a day, but for this.
        fake.Add(FakeRow.Of("section_completed", "u-1", PulledSources.Now.AddHours(-1)));
        await Pulls(sources, name).Pull(new(key, "a look", first), default);
        await Eventually.Get(sources.Events, until: rows => rows.Length == 1, "it is asked at once");
        Assert.Equal(
            Stk.GrainInterfaces.Requests.KeyUse.Replay,
            (await Pulls(sources, name).Pull(new(key, "a look", first), default)).Key);
        await sources.Verify();
    }

    // Its signs are escaped on the way.
    private static string Query(SunkRequest request)
    {
        using var body = JsonDocument.Parse(request.Body);
        return body.RootElement.GetProperty("query").GetProperty("query").GetString()!;
    }

    private static IPullsGrain Pulls(PulledSources sources, string name) =>
        sources.Economy.Grains.GetGrain<IPullsGrain>(name);

    private static async Task<BackfillView> Backfill(PulledSources sources, string name) =>
        Assert.Single(await Pulls(sources, name).ListBackfills(default));

    private static Task<WeekCheckView> Check(PulledSources sources, string name) => Eventually.Get(
        async () => Assert.Single(await Pulls(sources, name).ListChecks(default)),
        until: one => one.CheckedTo is not null, "the week is held against the source");

    private static string PostHog(FakePostHog fake) => $$"""
        "kind":"posthog","project":3,"address":"{{fake.Address}}","types":["SectionCompleted"],
        "map":{"section_completed":"SectionCompleted"}
        """;
}

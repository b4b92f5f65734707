using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.Sources;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Sources.Discourse;
using Stk.Testing;
using Stk.Verification;
using Xunit;

namespace Stk.Grains.Tests.Sources;

/// <summary>Deliveries in their sources' own form, proved by secrets that are files.</summary>
[Collection(EconomyCollection.Name)]
public sealed class WebhookTests(EconomyServer server) : IDisposable
{
    private const string Secret = "a-secret-of-sixteen";

    private readonly DirectoryInfo _secrets = Directory.CreateTempSubdirectory("stk-secrets-");

    public void Dispose() => _secrets.Delete(recursive: true);

    [Fact]
    public async Task What_posthog_delivers_is_proved_by_its_secret_and_counts_once()
    {
        await using var economy = await Start();
        var source = await Put(economy, "ph", """
            {"kind":"posthog","types":["SectionCompleted","PageView"],"mayRegister":true,
             "map":{"section_completed":"SectionCompleted","exercise_save":"ExerciseSave"}}
            """);
        var body = $$"""{"event":{{Event("section_completed")}},"person":{"id":"1"} }""";

        Assert.Equal(WebhookVerdict.Unknown, (await Bearer(economy, "nobody", body)).Verdict);
        Assert.Equal(WebhookVerdict.NotConfigured, (await Bearer(economy, source, body)).Verdict);
        Write(source, Secret, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Equal(WebhookVerdict.NotConfigured, (await Bearer(economy, source, body)).Verdict);
        Write(source, Secret);
        Assert.Equal(WebhookVerdict.NotProved, (await Bearer(economy, source, body, "another-secret")).Verdict);
        Assert.Equal([EventOutcome.Counted], Outcomes(await Bearer(economy, source, body)));
        Assert.Equal([EventOutcome.Duplicate], Outcomes(await Bearer(economy, source, body)));

        var refused = await Bearer(economy, source, Event("exercise_save"));
        var mixed = await Bearer(
            economy, source, $"[{Event("exercise_save")},{Event("$identify")},{Event("section_completed")},7]");
        Assert.Equal((WebhookVerdict.TypeNotAllowed, "event"), (refused.Verdict, refused.Field));
        Assert.Equal(
            [EventOutcome.Rejected, EventOutcome.Counted, EventOutcome.Rejected], Outcomes(mixed));
        Assert.Equal("event", mixed.Answers[0].Field);
        Assert.Equal(WebhookVerdict.Unreadable, (await Bearer(economy, source, "{")).Verdict);

        // Both secrets are good while they are changed, without a restart.
        Write(source, $"another-secret\n{Secret}\n");
        Assert.Equal([EventOutcome.Duplicate], Outcomes(await Bearer(economy, source, body, "another-secret")));
        Assert.Equal([EventOutcome.Duplicate], Outcomes(await Bearer(economy, source, body)));
    }

    [Fact]
    public async Task What_posthog_has_exported_counts_once_and_what_is_rejected_is_kept_once()
    {
        await using var economy = await Start();
        var source = await Put(economy, "exporting", """
            {"kind":"posthog","types":["SectionCompleted"],"mayRegister":true,"map":{"section_completed":"SectionCompleted"}}
            """);
        var pushing = await Put(economy, "exporting-not", """{"kind":"push"}""");
        var paused = await Put(economy, "exporting-paused", """{"kind":"posthog","active":false}""");
        var bare = Event("section_completed").Replace(
            "2024-01-01T10:20:30.123Z", "2024-01-01 10:20:30.123000", StringComparison.Ordinal);
        string[] lines = [bare, Event("$pageview"), Event("exercise_save"), "{", Event("section_completed")];

        var first = await Import(economy, source, lines);
        var again = await Import(economy, source, lines);

        Assert.Equal(
            [EventOutcome.Counted, null, EventOutcome.Rejected, EventOutcome.Rejected, EventOutcome.Counted],
            first.Answers.Select(answer => answer?.Outcome));
        Assert.Equal(
            [EventOutcome.Duplicate, null, EventOutcome.Rejected, EventOutcome.Rejected, EventOutcome.Duplicate],
            again.Answers.Select(answer => answer?.Outcome));
        Assert.Equal(["event", "$"], await economy.Rows("SELECT field FROM sources.quarantine ORDER BY place"));
        Assert.Equal(ImportVerdict.NoFiles, (await Import(economy, pushing, lines)).Verdict);
        Assert.Equal(ImportVerdict.Paused, (await Import(economy, paused, lines)).Verdict);
        Assert.Equal(ImportVerdict.Unknown, (await Import(economy, "exporting-nobody", lines)).Verdict);
        // Another source's token opens nothing, whatever it says of itself.
        Assert.Equal(ImportVerdict.Unknown, (await Import(economy, source, lines, by: pushing)).Verdict);
    }

    [Fact]
    public async Task A_pushing_source_takes_no_deliveries_and_a_paused_one_says_so()
    {
        await using var economy = await Start();
        var pushing = await Put(economy, "pushing", """{"kind":"push"}""");
        var paused = await Put(economy, "paused", """{"kind":"posthog","active":false}""");
        Write(pushing, Secret);
        Write(paused, Secret);

        Assert.Equal(WebhookVerdict.Unknown, (await Bearer(economy, pushing, Event("a"))).Verdict);
        Assert.Equal(WebhookVerdict.Paused, (await Bearer(economy, paused, Event("a"))).Verdict);
        Assert.Equal(WebhookVerdict.NotProved, (await Bearer(economy, paused, Event("a"), "another-secret")).Verdict);
    }

    [Fact]
    public async Task What_the_club_delivers_gives_its_events_once_and_a_deletion_takes_them_back()
    {
        await using var economy = await Start();
        var club = await Put(economy, "club", """{"kind":"discourse","namespace":"club","mayRegister":true}""");
        Write(club, Secret);

        Assert.Equal(WebhookVerdict.NotProved, (await Send(economy, club, Post(701, 1, 11), sign: false)).Verdict);
        Assert.Equal(["ClubPostCreated"], Types(await Send(economy, club, Post(701, 1, 11))));
        // The first post says whose the topic is: him a comment answers.
        Assert.Equal(
            ["ClubCommentCreated", "ClubCommentReceived"], Types(await Send(economy, club, Post(702, 2, 12))));
        Assert.Empty((await Send(economy, club, Post(702, 2, 12))).Answers);
        Assert.Empty((await Send(economy, club, """{"ping":"OK"}""")).Answers);
        Assert.Empty((await Send(economy, club, """{"like":{"post":{"user_id":11},"user":{"id":12,"username":"b"} } }""")).Answers);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Send(economy, club, Post(703, 3, 13))));
        Assert.Equal(
            ["ClubCommentCreatedRetracted", "ClubCommentReceivedRetracted"],
            Types(await Send(economy, club, Post(702, 2, 12, deletedAt: "2024-01-01T11:00:00Z"))));

        Assert.Equal(
            [
                ("club:11", "ClubCommentReceived"), ("club:11", "ClubCommentReceived"),
                ("club:11", "ClubCommentReceivedRetracted"), ("club:11", "ClubPostCreated"),
                ("club:12", "ClubCommentCreated"), ("club:12", "ClubCommentCreatedRetracted"), ("club:13", "ClubCommentCreated"),
            ],
            (await economy.Rows("""
                SELECT participant.id || ' ' || event.type FROM activity.events event
                JOIN activity.participants participant ON participant.number = event.participant ORDER BY 1
                """)).Select(row => (row.Split(' ')[0], row.Split(' ')[1])));
        Assert.All(
            await new InvariantsCheck(economy.Database).Run().ToListAsync(),
            finding => Assert.True(finding.Holds, finding.ToString()));
    }

    // As where a silo dies after the mirror's commit.
    [Fact]
    public async Task What_the_mirror_has_given_and_nobody_has_handed_on_holds_the_week_and_is_handed_on()
    {
        await using var economy = await Start();
        var club = await Put(economy, "club", """{"kind":"discourse","namespace":"club","mayRegister":true}""");
        var id = (await economy.ServiceOf<SourceTable>(0).FindKnown(club, CancellationToken.None))!.Id;

        await economy.ServiceOf<ClubTable>(0).Take(
            new(id, club, "club"),
            new ClubSight.Post(7, 1, 1, 11, TestEconomy.FirstWeek.Start.AddHours(1), Counts: true),
            Sighting.Hint(DateTimeOffset.UnixEpoch), CancellationToken.None);

        Assert.Equal(
            [club],
            await economy.ServiceOf<SourceTable>(0).ReadIncomplete(TestEconomy.FirstWeek.End, CancellationToken.None));
        await Eventually.Get(
            () => economy.Rows("SELECT type FROM activity.events"), until: rows => rows.Length == 1,
            "the event is handed on");
        await Eventually.Get(
            () => economy.Rows("SELECT type FROM sources.given_events"), until: rows => rows.Length == 0,
            "nothing waits any more");
    }

    private async Task<TestEconomy> Start()
    {
        var economy = await server.NewEconomy(new(Silos: 1)
        {
            More = ImmutableDictionary<string, string?>.Empty.Add("Stk:Sources:SecretsDirectory", _secrets.FullName),
        });
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.RunTo(TestEconomy.FirstWeek.Start.AddDays(1));
        return economy;
    }

    private static async Task<string> Put(TestEconomy economy, string name, string settings)
    {
        await economy.Grains.GetGrain<ISourceGrain>(name).Put(
            new(null, false, By: TwoPersons.First, Settings: settings, KeepsCompleteTo: true, KeepsRequired: true),
            CancellationToken.None);
        return name;
    }

    private void Write(
        string source, string text, UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite)
    {
        var file = Path.Combine(_secrets.FullName, $"{source}.webhook");
        File.Delete(file);
        File.WriteAllText(file, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, mode);
        }
    }

    private static string Event(string type) =>
        $$"""{"uuid":"{{Guid.CreateVersion7()}}","event":"{{type}}","distinct_id":"u-11","timestamp":"2024-01-01T10:20:30.123Z","properties":{} }""";

    private static string Post(long id, int number, long user, string? deletedAt = null) =>
        $$$"""{"post":{"id":{{{id}}},"topic_id":7,"post_number":{{{number}}},"post_type":1,"user_id":{{{user}}},"username":"u{{{user}}}","created_at":"2024-01-01T10:00:00.000Z","hidden":false,"user_deleted":false,"deleted_at":{{{(deletedAt is null ? "null" : $"\"{deletedAt}\"")}}},"topic_archetype":"regular","category_id":4}}""";

    private static Task<WebhookReply> Bearer(TestEconomy economy, string source, string body, string secret = Secret) =>
        Deliver(economy, source, body, new("Authorization", [$"Bearer {secret}"]));

    private static Task<WebhookReply> Send(TestEconomy economy, string source, string body, bool sign = true)
    {
        var signature = HMACSHA256.HashData(
            Encoding.ASCII.GetBytes(Secret), Encoding.UTF8.GetBytes(sign ? body : body + " "));
        return Deliver(
            economy, source, body,
            new("X-Discourse-Event-Signature", [$"sha256={Convert.ToHexStringLower(signature)}"]));
    }

    private static Task<ImportReply> Import(
        TestEconomy economy, string source, IEnumerable<string> lines, string? by = null) =>
        economy.Grains.GetGrain<ISourceImportGrain>(source).Take(
            new(by ?? source, [.. lines.Select(Encoding.UTF8.GetBytes)]), CancellationToken.None);

    private static Task<WebhookReply> Deliver(TestEconomy economy, string source, string body, WebhookHeader header) =>
        economy.Grains.GetGrain<IWebhookGrain>(source).Deliver(
            new(Encoding.UTF8.GetBytes(body), [header]), CancellationToken.None);

    private static IEnumerable<EventOutcome> Outcomes(WebhookReply reply) => reply.Answers.Select(answer => answer.Outcome);

    private static IEnumerable<string?> Types(WebhookReply reply)
    {
        Assert.All(reply.Answers, answer => Assert.NotEqual(EventOutcome.Rejected, answer.Outcome));
        return reply.Answers.Select(answer => answer.Type).Order(StringComparer.Ordinal);
    }
}

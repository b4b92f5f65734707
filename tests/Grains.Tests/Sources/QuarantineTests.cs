using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.Sources;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Sources;

/// <summary>What was not taken in is kept whole, and let in or let go.</summary>
[Collection(EconomyCollection.Name)]
public sealed class QuarantineTests(EconomyServer server)
{
    [Fact]
    public async Task What_is_too_old_is_held_once_and_counts_once_it_is_let_in()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await Put(economy, "qr-old", """{"mayRegister":true,"mayLevel":true,"heldAfterHours":2}""");
        var old = Sent.Of("qr-ann", "ExerciseSave", week.Start);
        var level = Sent.Of("qr-ann", "QualificationChanged", week.Start, level: 3);
        var fresh = Sent.Of("qr-ann", "ExerciseSave", week.Start.AddHours(7));

        var first = await Eventually.Get(
            () => economy.Outcomes("qr-old", old, level, fresh),
            until: outcomes => outcomes[0] == EventOutcome.Held, "the settings hold");
        var again = await economy.Outcomes("qr-old", old);

        Assert.Equal(EventOutcome.Held, again[0]);
        Assert.DoesNotContain(EventOutcome.Held, first[1..]);
        var kept = Assert.Single((await List(economy, "qr-old", "held")).Items);
        Assert.Equal(old.Event.Uuid, kept.Uuid);
        Assert.Equal(1, (await economy.Grains.GetGrain<ISourceGrain>("qr-old").Get(CancellationToken.None))!.Held);

        var reply = await Quarantine(economy, "qr-old").Replay(
            new(null, [kept.Id], null, "the club was away", TwoPersons.First), CancellationToken.None);

        Assert.Equal(EventOutcome.Counted, Assert.Single(reply.Answers).Outcome);
        Assert.Empty((await List(economy, "qr-old", null)).Items);
        Assert.Equal([EventOutcome.Duplicate], await economy.Outcomes("qr-old", old));
        Assert.Equal(
            ["source.quarantine-replay qr-old"],
            await economy.Rows("""
                SELECT action, subject FROM audit.entries JOIN audit.texts USING (sequence)
                WHERE action LIKE 'source.quarantine%' AND subject = 'qr-old'
                """));
    }

    [Fact]
    public async Task When_an_event_came_is_stored_with_it()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();

        await economy.Record("qr-time", Sent.Of("qr-time", "ExerciseSave", week.Start));

        Assert.Equal(
            [week.Start.AddHours(8).ToString("yyyy-MM-dd HH", CultureInfo.InvariantCulture)],
            await economy.Rows("""
                SELECT to_char(received_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24') FROM activity.events event
                JOIN activity.sources source ON source.id = event.source_id WHERE name = 'qr-time'
                """));
    }

    [Fact]
    public async Task What_is_rejected_of_a_delivery_is_kept_as_it_came_and_let_in_once_it_may()
    {
        var secrets = Directory.CreateTempSubdirectory("stk-secrets-");
        await using var economy = await server.NewEconomy(new(Silos: 1)
        {
            More = ImmutableDictionary<string, string?>.Empty.Add("Stk:Sources:SecretsDirectory", secrets.FullName),
        });
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.RunTo(TestEconomy.FirstWeek.Start.AddDays(1));
        await Put(economy, "qr-ph", """{"kind":"posthog","types":["SectionCompleted"]}""");
        var file = Path.Combine(secrets.FullName, "qr-ph.webhook");
        await File.WriteAllTextAsync(file, "a-posthog-secret");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        var (stranger, other) = (Event("SectionCompleted"), Event("ExerciseSave"));

        var reply = await economy.Grains.GetGrain<IWebhookGrain>("qr-ph").Deliver(
            new(Encoding.UTF8.GetBytes($"[{stranger},{other},7]"), [new("Authorization", ["Bearer a-posthog-secret"])]),
            CancellationToken.None);
        secrets.Delete(recursive: true);

        Assert.All(reply.Answers, answer => Assert.Equal(EventOutcome.Rejected, answer.Outcome));
        var kept = (await List(economy, "qr-ph", null)).Items;
        Assert.Equal(
            [("rejected", "7"), ("event-type-not-allowed", other), ("unknown-participant", stranger)],
            kept.Select(item => (item.Reason, item.Payload)));

        await Put(economy, "qr-ph", """{"kind":"posthog","types":["SectionCompleted"],"mayRegister":true}""");
        var let = await Quarantine(economy, "qr-ph").Replay(
            new(null, [.. kept.Select(item => item.Id)], null, "a new course", TwoPersons.First), CancellationToken.None);
        Assert.Equal(1, let.Answers.Count(answer => answer.Outcome == EventOutcome.Counted));
        Assert.Equal(2, (await List(economy, "qr-ph", null)).Items.Length);

        var gone = await Quarantine(economy, "qr-ph").Delete(
            new(null, [], "rejected", "no event", TwoPersons.First), CancellationToken.None);
        Assert.Equal(1, gone.Count);
        Assert.Equal(["event-type-not-allowed"], (await List(economy, "qr-ph", null)).Items.Select(item => item.Reason));
        await economy.ServiceOf<QuarantineTable>(0).DropEnded(
            TestEconomy.FirstWeek.Start.AddDays(32), CancellationToken.None);
        Assert.Empty((await List(economy, "qr-ph", null)).Items);
    }

    private static IQuarantineGrain Quarantine(TestEconomy economy, string source) =>
        economy.Grains.GetGrain<IQuarantineGrain>(source);

    private static Task<QuarantinePage> List(TestEconomy economy, string source, string? reason) =>
        Quarantine(economy, source).List(new(null, 50), reason, CancellationToken.None);

    private static async Task Put(TestEconomy economy, string name, string settings) =>
        await economy.Grains.GetGrain<ISourceGrain>(name).Put(
            new(null, false, By: TwoPersons.First, Settings: settings, KeepsCompleteTo: true, KeepsRequired: true),
            CancellationToken.None);

    private static string Event(string type) =>
        $$"""{"uuid":"{{Guid.CreateVersion7()}}","event":"{{type}}","distinct_id":"u-11","timestamp":"2024-01-01T10:20:30.123Z"}""";
}

using System.Collections.Immutable;
using System.Text;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.Tests.Economies;
using Stk.Testing;
using Stk.Testing.Sources;
using Stk.Verification;
using Xunit;

namespace Stk.Grains.Tests.Pulls;

/// <summary>An economy whose silos ask sources often, and the keys that they ask with.</summary>
internal sealed class PulledSources : IAsyncDisposable
{
    public const string Key = "a-key-of-the-silos";

    private readonly DirectoryInfo _secrets = Directory.CreateTempSubdirectory("stk-secrets-");

    private PulledSources()
    {
    }

    public TestEconomy Economy { get; private set; } = null!;

    /// <summary>A day has gone by since the economy began.</summary>
    public static DateTimeOffset Now { get; } = TestEconomy.FirstWeek.Start.AddDays(1);

    public static async Task<PulledSources> Start(
        EconomyServer server, short silos = 2, params (string Name, string Value)[] more)
    {
        var sources = new PulledSources();
        var settings = ImmutableDictionary<string, string?>.Empty
            .Add("Stk:Sources:SecretsDirectory", sources._secrets.FullName).Add("Stk:Sources:PullLookMs", "50");
        sources.Economy = await server.NewEconomy(new(Silos: silos)
        {
            More = settings.SetItems(more.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))),
        });
        await sources.Economy.Begin(TestEconomy.FirstWeek);
        await sources.Economy.RunTo(Now);
        return sources;
    }

    public async ValueTask DisposeAsync()
    {
        await Economy.DisposeAsync();
        _secrets.Delete(recursive: true);
    }

    /// <summary>Sets a required source that is asked every second from the first week's beginning on.</summary>
    /// <param name="members">Of its settings, beside the pull.</param>
    public async Task<string> Put(
        string name, string members, int everySeconds = 1, int overlapHours = 2, bool hasKey = true)
    {
        if (hasKey)
        {
            WriteKey(name);
        }

        var from = TestEconomy.FirstWeek.Start;
        var reply = await Economy.Grains.GetGrain<ISourceGrain>(name).Put(
            new(null, true, By: TwoPersons.First, KeepsCompleteTo: true, Settings: $$"""
                { {{members}}, "mayRegister":true, "pull":{"everySeconds":{{everySeconds}},"settleMinutes":0,
                  "from":"{{from:O}}","requestsPerMinute":6000,"overlapHours":{{overlapHours}} } }
                """),
            CancellationToken.None);
        Assert.NotNull(reply.Settings);
        return name;
    }

    /// <summary>Delivers a body of a club, signed.</summary>
    public async Task Deliver(string club, string body)
    {
        var reply = await Economy.Grains.GetGrain<IWebhookGrain>(club).Deliver(
            new(Encoding.UTF8.GetBytes(body), [new("X-Discourse-Event-Signature", [FakeClub.Sign(Key, body)])]),
            CancellationToken.None);
        Assert.Equal(WebhookVerdict.Taken, reply.Verdict);
    }

    public void WriteKey(string source)
    {
        Write($"{source}.api");
        Write($"{source}.webhook");
    }

    private void Write(string name)
    {
        var file = Path.Combine(_secrets.FullName, name);
        File.WriteAllText(file, Key);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public async Task<SourceReply> Get(string name) =>
        (await Economy.Grains.GetGrain<ISourceGrain>(name).Get(CancellationToken.None))!;

    public Task<SourceReply> Until(string name, Func<SourceReply, bool> until, string what) =>
        Eventually.Get(() => Get(name), until, $"{name}: {what}");

    public Task<SourceReply> UntilComplete(string name, DateTimeOffset? to = null) =>
        Until(name, source => source.CompleteTo >= (to ?? Now), $"is complete to {to ?? Now:O}");

    /// <summary>The events that are stored, as type and participant.</summary>
    public Task<string[]> Events() => Economy.Rows("""
        SELECT event.type || ' ' || participant.id FROM activity.events event
        JOIN activity.participants participant ON participant.number = event.participant ORDER BY 1
        """);

    /// <summary>What stands of a club, in the words of <see cref="FakeClub.Truth"/>.</summary>
    public Task<string[]> Standing(string club) => Economy.Rows($"""
        SELECT event.type || ' club:' || split_part(participant.id, ':', 2) || ' '
            || to_char(event.at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')
        FROM activity.live_events event
        JOIN activity.participants participant ON participant.number = event.participant
        JOIN activity.sources source ON source.id = event.source_id
        WHERE source.name = '{club}' AND event.type NOT LIKE '%Retracted' ORDER BY 1
        """);

    public async Task Verify() => Assert.All(
        await new InvariantsCheck(Economy.Database).Run().ToListAsync(),
        finding => Assert.True(finding.Holds, finding.ToString()));
}

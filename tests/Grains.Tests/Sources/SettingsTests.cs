using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting.Internal;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.Sources;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Rules.Sources;
using Stk.Testing;
using Stk.Verification;
using Xunit;

namespace Stk.Grains.Tests.Sources;

/// <summary>What operators set of a source, how it is kept, and what it does to intake.</summary>
[Collection(EconomyCollection.Name)]
public sealed class SettingsTests(EconomyServer server)
{
    private static readonly DateTimeOffset Mark = new(2024, 1, 8, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Settings_and_watermark_are_kept_apart_and_logged_together()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        var source = economy.Grains.GetGrain<ISourceGrain>("set-club");

        await source.Put(new(Mark, true, By: TwoPersons.First), CancellationToken.None);
        var set = await source.Put(
            Settings("""{"kind":"discourse","types":["ClubPostCreated"],"namespace":"club"}"""), CancellationToken.None);
        var marked = await source.Put(new(Mark.AddDays(7), true, By: TwoPersons.First), CancellationToken.None);

        Assert.Equal((Mark, true), (set.CompleteTo, set.IsRequired));
        Assert.Equal(set.Settings, marked.Settings);
        Assert.Equal(SourceKind.Discourse, SourceSettingsJson.Read("set-club", marked.Settings!).Kind);
        Assert.Equal(marked, Assert.Single(await economy.Grains.GetGrain<ISourcesGrain>(0).List(CancellationToken.None)));
        Assert.All(
            await new InvariantsCheck(economy.Database).Run().ToListAsync(),
            finding => Assert.True(finding.Holds, finding.ToString()));
        await economy.Execute("""UPDATE activity.sources SET settings = '{"kind":"push"}'""");
        Assert.Contains(
            await new InvariantsCheck(economy.Database).Run().ToListAsync(), finding => !finding.Holds);
    }

    [Fact]
    public async Task The_watermark_of_a_pulled_source_is_set_by_hand_for_a_reason_alone()
    {
        var economy = await server.Shared();
        var source = economy.Grains.GetGrain<ISourceGrain>("set-pulled");
        await source.Put(
            Settings("""
                {"kind":"discourse","address":"https://club.example",
                 "pull":{"everySeconds":60,"settleMinutes":0,"from":"2026-01-01T00:00:00Z"}}
                """),
            CancellationToken.None);

        var refused = await source.Put(new(Mark, false, By: TwoPersons.First), CancellationToken.None);
        var before = await source.Get(CancellationToken.None);
        var done = await source.Put(
            new(Mark, false, By: TwoPersons.First, Reason: "the club has said so"), CancellationToken.None);

        Assert.True(refused.NeedsReason);
        Assert.Null(before!.CompleteTo);
        Assert.Equal(Mark, done.CompleteTo);
    }

    [Fact]
    public async Task A_type_that_is_not_the_sources_is_rejected_before_anything_else_and_stores_nothing()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Grains.GetGrain<ISourceGrain>("set-types").Put(
            Settings("""{"types":["ExerciseSave"],"mayRegister":true}"""), CancellationToken.None);
        var sent = Sent.Of("set-ann", "ExerciseSave", week.Start);

        var answers = await Eventually.Get(
            () => economy.Record(
                "set-types", Sent.Of("set-ann", "ClubPostCreated", week.Start), sent,
                Sent.Of("set-ann", "QualificationChanged", week.Start, level: 8)),
            until: given => given[0].Outcome == EventOutcome.Rejected, "the settings hold");

        Assert.Equal(
            [("event", SourceGate.TypeRule), (null, null), ("event", SourceGate.TypeRule)],
            answers.Select(answer => (answer.Field, answer.Rule)));
        Assert.Equal(
            ["ExerciseSave"],
            await economy.Rows("""
                SELECT DISTINCT type FROM activity.events event JOIN activity.sources source ON source.id = event.source_id
                WHERE name = 'set-types'
                """));
    }

    [Fact]
    public async Task A_source_that_may_bring_nobody_new_brings_nobody_and_others_go_on()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Record("set-brings", Sent.Of("set-bob", "ExerciseSave", week.Start));
        await economy.Grains.GetGrain<ISourceGrain>("set-brings").Put(
            Settings("""{"mayRegister":false}"""), CancellationToken.None);

        var answers = await Eventually.Get(
            () => economy.Record(
                "set-brings", Sent.Of($"set-{Guid.NewGuid()}", "ExerciseSave", week.Start),
                Sent.Of("set-bob", "ExerciseSave", week.Start)),
            until: given => given[0].Outcome == EventOutcome.Rejected, "the settings hold");

        Assert.Equal("distinct_id", answers[0].Field);
        Assert.NotEqual(EventOutcome.Rejected, answers[1].Outcome);
    }

    [Fact]
    public async Task Outside_Development_nobody_is_a_source_by_a_first_call()
    {
        var economy = await server.Shared();
        var directory = ActivatorUtilities.CreateInstance<SourceDirectory>(
            economy.ServiceOf<IServiceProvider>(0), new HostingEnvironment { EnvironmentName = "Production" });

        Assert.Null(await directory.Find("set-stranger", isCaller: true, CancellationToken.None));
        await economy.Grains.GetGrain<ISourceGrain>("set-stranger").Put(
            new(null, false, By: TwoPersons.First), CancellationToken.None);
        Assert.NotNull(await directory.Find("set-stranger", isCaller: true, CancellationToken.None));
    }

    [Fact]
    public async Task A_source_is_told_what_it_may_send_and_nobody_elses_is()
    {
        var economy = await server.Shared();
        var source = economy.Grains.GetGrain<ISourceGrain>("set-told");

        var own = await source.Admit("set-told", CancellationToken.None);
        var other = await source.Admit("set-other", CancellationToken.None);

        Assert.Equal((true, null), (own.IsKnown, own.Settings));
        Assert.False(other.IsKnown);
    }

    private static PutSourceRequest Settings(string settings) => new(
        null, false, By: TwoPersons.First, Settings: settings, KeepsCompleteTo: true, KeepsRequired: true);
}

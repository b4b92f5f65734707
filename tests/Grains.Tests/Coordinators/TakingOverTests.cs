using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.Schedules;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Weeks;
using Stk.Rules.Causes;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Coordinators;

/// <summary>What the build before has left in <c>orleans.OrleansStorage</c> decides what this one does.</summary>
[Collection(OwnEconomiesCollection.Name)]
public sealed class TakingOverTests(EconomyServer server)
{
    private const string Paused = "the clock has jumped forward by 20 minutes since the last heartbeat";

    [Fact]
    public async Task A_week_that_the_build_before_was_asked_to_close_is_sealed_with_its_reason_and_run_to_its_end()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = TestEconomy.FirstWeek;
        await economy.Begin(week);
        await economy.Grains.GetGrain<ISourceGrain>("gone").Put(
            new(CompleteTo: null, IsRequired: true, By: "operator"), CancellationToken.None);
        await Leave(
            economy, "week", economy.Week(week), new WeekState { IsForced = true },
            """
            {"$id":"1","$type":"Stk.Grains.Weeks.WeekState, Stk.Grains","IsForced":true,"OverrideReason":"the source is gone","OverrideBy":"operator"}
            """);

        // One minute into the next week no stage but the first is due by itself, and that one waits for the source.
        await economy.RunTo(week.End.AddMinutes(1));
        await economy.Cluster.DeactivateAsync(economy.Schedule);
        await economy.Schedule.Wake();
        await economy.WaitUntilSettled(week);

        Assert.Equal(
            ["the source is gone operator"],
            await economy.Rows($"SELECT override_reason, override_by FROM weeks.runs WHERE week = {week.Number}"));
        Assert.Equal(
            [$"{week.Number} True the source is gone operator"], await economy.Rows("SELECT * FROM weeks.closings"));
    }

    [Fact]
    public async Task A_schedule_that_was_paused_by_the_build_before_does_not_start_by_itself()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1, Clock: "host"));
        await Eventually.True(
            async () => await economy.Ask<long>("SELECT count(*) FROM economy.heartbeat") == 1, "a heartbeat is left");
        await Leave(
            economy, "schedule", economy.Schedule, new ScheduleState(),
            $$"""
            {"$id":"1","$type":"Stk.Grains.Schedules.ScheduleState, Stk.Grains","FinishedThrough":202401,"PausedBecause":"{{Paused}}"}
            """);
        await economy.Cluster.DeactivateAsync(economy.Schedule);

        await economy.Clock.GetOrSetGenesis([new("host", DateTimeOffset.UtcNow.AddDays(-14))]);
        for (var i = 0; i < 10; i++)
        {
            await economy.Schedule.Wake();
        }

        Assert.Equal(Paused, (await economy.Schedule.GetClock()).PausedBecause);
        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM ledger.commits"));
        Assert.Equal(Paused, await economy.Ask<string>("SELECT paused_because FROM economy.schedule_pause"));

        await economy.Approve((await economy.Schedule.ResumeBy(new("ann", "the clock is right", Key: null))).Waiting!);
        Assert.Null((await economy.Schedule.GetClock()).PausedBecause);
        await Eventually.True(
            async () => await economy.Ask<long>("SELECT count(*) FROM weeks.runs WHERE settled_at IS NOT NULL") == 2,
            "both weeks are run");
        Assert.Equal(
            [" second the clock is right"], await economy.Rows("SELECT * FROM economy.schedule_pause"));
        Assert.Equal(
            """{"ResumedBy":"second","ResumedBecause":"the clock is right","FinishedThrough":202401}""",
            await economy.Ask<string>("""
                SELECT convert_from(PayloadBinary, 'UTF8') FROM orleans.OrleansStorage WHERE GrainTypeString = 'schedule'
                """));
    }

    [Fact]
    public async Task A_day_that_the_ledger_refused_under_the_build_before_is_emitted_by_its_next_attempt()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        var today = TestEconomy.FirstWeek.Monday;
        await economy.Execute(string.Create(CultureInfo.InvariantCulture, $$"""
            UPDATE orleans.OrleansStorage SET PayloadBinary = convert_to(
                '{"$id":"1","$type":"Stk.Grains.Emission.EmissionState, Stk.Grains","LastDayNumber":{{today.DayNumber}},"Refusals":2}', 'UTF8')
            WHERE GrainTypeString = 'emission'
            """));
        await economy.Cluster.DeactivateAsync(economy.Emission);
        Assert.Equal(
            [$"{today:yyyy-MM-dd} 2"],
            await economy.Rows("SELECT to_char(last_day, 'YYYY-MM-DD'), refusals FROM economy.emission_progress"));

        await economy.RunTo(TestEconomy.FirstWeek.Start.AddDays(1));

        var day = today.AddDays(1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Assert.Equal(CauseId.Of("emission", day, "2"), await economy.Ask<Guid>(
            $"SELECT id FROM ledger.transactions WHERE kind = 1 AND reference = '{day}'"));
    }

    [Fact]
    public async Task How_far_a_run_and_the_schedule_have_come_is_read_from_the_runs_themselves()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        var week = TestEconomy.FirstWeek.Next;
        await economy.RunTo(week.End.AddHours(3));

        // Whoever knew it is gone, and no coordinator has written a word.
        await economy.Cluster.DeactivateAsync(economy.Week(week));
        await economy.Cluster.DeactivateAsync(economy.Schedule);
        Assert.Equal(["emission"], await economy.Rows("SELECT GrainTypeString FROM orleans.OrleansStorage"));

        Assert.Equal(Rules.Runs.WeekStage.Score, (await economy.Week(week).GetStatus()).Done);
        await economy.Close(week);
        Assert.Equal(Rules.Runs.WeekStage.Settle, (await economy.Week(week).GetStatus()).Done);
        Assert.Null(await economy.Verify());
    }

    // The provider gives the row its place; then its content is another build's.
    private static async Task Leave<T>(TestEconomy economy, string name, IAddressable grain, T state, string payload)
    {
        var storage = economy.ServiceOf<IServiceProvider>(0).GetRequiredKeyedService<IGrainStorage>(GrainStorage.Name);
        await storage.WriteStateAsync(name, grain.GetGrainId(), new GrainState<T>(state));
        Assert.Equal(1, await economy.Execute($"""
            UPDATE orleans.OrleansStorage SET PayloadBinary = convert_to('{payload}', 'UTF8') WHERE GrainTypeString = '{name}'
            """));
    }
}

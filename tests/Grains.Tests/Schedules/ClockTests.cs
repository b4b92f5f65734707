using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Economy;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Rules.Weeks;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Schedules;

[Collection(EconomyCollection.Name)]
public sealed class ClockTests(EconomyServer server)
{
    [Fact]
    public async Task The_clock_runs_until_it_is_set_then_stands_and_goes_back_only_in_an_empty_economy()
    {
        await using var economy = await server.NewEconomy();
        var running = await economy.Schedule.GetClock();
        Assert.True(running.IsManual);
        Assert.False(running.IsStanding);
        Assert.InRange(running.Now, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);

        await economy.RunTo(At(2030));
        await economy.RunTo(At(2014));
        Assert.Equal((At(2014), true), await Clock(economy));

        Assert.Equal([EventOutcome.Counted], await economy.Outcomes("clock", Sent.Of("clock", "ClubPostCreated", At(2014))));
        await economy.Reached(At(2014));
        var back = Assert.IsType<SetClockReply.Backwards>(await economy.SetClock(At(2014).AddTicks(-10)));

        Assert.Equal(At(2014), back.Status.Now);
        Assert.Equal((At(2014), true), await Clock(economy));
        await economy.RunTo(At(2014));
        await economy.RunTo(At(2014).AddTicks(10));
    }

    [Fact]
    public async Task More_than_a_year_ahead_is_asked_twice_where_something_has_happened_and_a_setting_can_be_stopped()
    {
        await using var economy = await server.NewEconomy(new(Silos: 2));
        await economy.RunTo(At(2030));
        await economy.RunTo(At(2014));
        Assert.Equal([EventOutcome.Counted], await economy.Outcomes("far", Sent.Of("far", "ClubPostCreated", At(2014))));
        await economy.Reached(At(2014));
        var far = At(2998);

        Assert.Equal(At(2014), Assert.IsType<SetClockReply.TooFar>(
            await economy.Clock.Set(new(far, "tests", Key: null))).Status.Now);
        Assert.IsType<SetClockReply.Moving>(await economy.SetClock(far));
        await Eventually.Get(
            () => economy.Schedule.GetClock(), until: status => status.Reached > At(2014).AddDays(10), "the clock is on its way");
        var stopped = Assert.IsType<SetClockReply.Moving>(
            await economy.Clock.Stop(new("tests", "a digit too many", Spenders.Key("stop"))));
        var at = stopped.Status.Now;

        Assert.InRange(at, At(2014).AddDays(10), far.AddYears(-1));
        await economy.Reached(at);
        Assert.All([0, 1], silo => Assert.Equal((at, at), (
            economy.ServiceOf<EconomyClock>(silo).Target, economy.ServiceOf<EconomyClock>(silo).Now)));
        // Nothing was done that was not due by then, and it goes on from there.
        Assert.Equal(0, await economy.Ask<long>($"SELECT count(*) FROM ledger.commits WHERE at > '{at:O}'"));
        Assert.Equal(0, await economy.Ask<long>($"SELECT count(*) FROM activity.weeks WHERE sealed_at > '{at:O}'"));
        await economy.RunTo(at.AddDays(30));
        // The same word again ends no later setting.
        Assert.IsType<SetClockReply.Moving>(await economy.SetClock(at.AddDays(60)));
        Assert.True(Assert.IsType<SetClockReply.Moving>(
            await economy.Clock.Stop(new("tests", "a digit too many", Spenders.Key("stop")))).IsReplay);
        await economy.Reached(at.AddDays(60));
        Assert.Equal(["clock.stop tests"], await economy.Rows(
            "SELECT action, by FROM audit.entries WHERE action = 'clock.stop'"));
    }

    [Fact]
    public async Task Two_settings_at_once_both_run_and_every_silo_has_the_later_one()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.Record("two", Sent.Of("two-settings", "ClubPostCreated", week.Start));

        var near = economy.SetClock(week.End.AddHours(3));
        var far = economy.SetClock(week.Next.End.AddHours(8));
        var replies = await Task.WhenAll(near, far);
        Assert.IsType<SetClockReply.Moving>(replies[1]);
        await economy.Reached(week.Next.End.AddHours(8));

        Assert.Equal(1, (await economy.Week(week).GetStatus()).Participants);
        Assert.Equal(2, await economy.Ask<long>($"""
            SELECT count(*) FROM weeks.runs WHERE week IN ({week.Number}, {week.Next.Number}) AND settled_at IS NOT NULL
            """));
        for (var silo = 0; silo < 2; silo++)
        {
            Assert.Equal(week.Next.End.AddHours(8), economy.ServiceOf<EconomyClock>(silo).Now);
        }
    }

    [Fact]
    public async Task Of_two_settings_at_once_the_earlier_one_never_takes_the_clock_back()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        for (var hour = 9; hour < 40; hour++)
        {
            var far = week.Start.AddHours(hour);
            await Task.WhenAll(economy.SetClock(far), economy.SetClock(far.AddMinutes(-30)));

            Assert.Equal(far, (await economy.Schedule.GetClock()).Now);
        }
    }

    [Fact]
    public async Task A_setting_is_on_every_silo_when_it_is_answered()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        for (var minute = 1; minute <= 20; minute++)
        {
            var target = week.Start.AddHours(8).AddMinutes(minute);
            await economy.SetClock(target);
            Assert.All([0, 1], silo => Assert.Equal(target, economy.ServiceOf<EconomyClock>(silo).Target));
        }
    }

    [Fact]
    public async Task Genesis_is_set_once_where_two_first_requests_come_at_once()
    {
        await using var economy = await server.NewEconomy();
        var (early, late) = (WeekId.OfNumber(201440), WeekId.OfNumber(201441));
        Assert.Null(await economy.Clock.GetOrSetGenesis([new("old", new(1999, 12, 31, 0, 0, 0, TimeSpan.Zero))]));

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            economy.Record($"source-{i}", Sent.Of($"first-{i}", "ClubPostCreated", (i % 2 == 0 ? early : late).Start.AddDays(3)))));

        var genesis = (await economy.Schedule.GetClock()).Genesis;
        Assert.Equal(genesis, (await economy.Ask<DateTime>("SELECT at FROM economy.genesis")));
        Assert.True(genesis == early.Start || genesis == late.Start);
        for (var i = 0; i < answers.Length; i++)
        {
            var isBefore = i % 2 == 0 && genesis == late.Start;
            Assert.Equal(isBefore ? EventOutcome.Late : EventOutcome.Counted, answers[i][0].Outcome);
        }
    }

    [Fact]
    public async Task Before_genesis_nothing_is_emitted_and_a_read_registers_nobody()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.RunTo(At(2014));

        var supply = await economy.Emission.GetSupply(CancellationToken.None);
        var balance = await economy.Participant("nobody").GetBalance();

        Assert.Null(supply.Genesis);
        Assert.Equal((0, 0, 0), (supply.Emitted.Micro, supply.Scheduled.Micro, balance.Total.Micro));
        Assert.Null(await economy.Participant("nobody").GetProfile());
        Assert.Empty(
            (await economy.Participant("nobody").GetHistory(new(Cursor: null, Limit: 10), CancellationToken.None)).Changes);
        Assert.Equal(0, await economy.Ask<long>("SELECT (SELECT count(*) FROM activity.participants) + (SELECT count(*) FROM ledger.commits)"));
    }

    private static DateTimeOffset At(int year) => new(year, 9, 29, 0, 0, 0, TimeSpan.Zero);

    private static async Task<(DateTimeOffset Now, bool IsStanding)> Clock(TestEconomy economy)
    {
        var status = await economy.Schedule.GetClock();
        return (status.Now, status.IsStanding);
    }
}

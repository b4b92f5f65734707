using Stk.Grains.Economy;
using Stk.Grains.Schedules;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Spending;
using Stk.Testing;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Schedules;

[Collection(EconomyCollection.Name)]
public sealed class ClockGuardTests(EconomyServer server)
{
    [Fact]
    public async Task A_jump_of_the_clock_while_silos_were_up_pauses_the_schedule_until_two_persons_let_it_go_on()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1, Clock: "host"));
        await Eventually.True(
            async () => await economy.Ask<long>("SELECT count(*) FROM economy.heartbeat") == 1, "a heartbeat is left");
        await LetTheClockJump(economy);

        var paused = await Eventually.Get(
            async () =>
            {
                await economy.Schedule.Wake();
                return await economy.Schedule.GetClock();
            },
            until: status => status.PausedBecause is not null, "the schedule pauses");
        Assert.Contains("jumped forward by 20 minutes", paused.PausedBecause, StringComparison.Ordinal);

        // Whoever restarts what has stopped does not make the clock right.
        await economy.Cluster.DeactivateAsync(economy.Schedule);
        Assert.Equal(paused.PausedBecause, (await economy.Schedule.GetClock()).PausedBecause);

        var genesis = DateTimeOffset.UtcNow.AddDays(-14);
        await economy.Clock.GetOrSetGenesis([new("host", genesis)]);
        for (var i = 0; i < 10; i++)
        {
            await economy.Schedule.Wake();
        }

        Assert.Equal(0, await economy.Ask<long>("SELECT count(*) FROM ledger.commits"));

        var asked = await economy.Schedule.ResumeBy(new("operator", "the clock is right", Key: null));
        Assert.Equal(paused.PausedBecause, asked.Status.PausedBecause);
        Assert.Equal(SpendingRefusal.NeedsSecondApproval, Refused(await economy.Decide(asked.Waiting!.Id, by: "operator")));
        await economy.Approve(asked.Waiting);
        Assert.Null((await economy.Schedule.GetClock()).PausedBecause);
        await Eventually.True(
            async () => await economy.Ask<string>(
                "SELECT coalesce(max(reference), '') FROM ledger.transactions WHERE kind = 1") == $"{DateTimeOffset.UtcNow:yyyy-MM-dd}",
            "every day up to today is emitted");
        Assert.Equal(2, await economy.Ask<long>("SELECT count(*) FROM weeks.runs WHERE settled_at IS NOT NULL"));
    }

    [Fact]
    public async Task A_pause_that_could_not_be_stored_is_found_again_by_the_next_activation()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1, Clock: "host"));
        await Eventually.True(
            async () => await economy.Ask<long>("SELECT count(*) FROM economy.heartbeat") == 1, "a heartbeat is left");
        // A sequence goes on though what asked it is rolled back.
        await economy.Execute("""
            CREATE SEQUENCE public.refusals;
            CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                PERFORM nextval('public.refusals');
                RAISE EXCEPTION 'the disk is full';
            END $$;
            CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON orleans.OrleansStorage
                FOR EACH ROW WHEN (NEW.GrainTypeString = 'schedule') EXECUTE FUNCTION public.refuse();
            """);
        await LetTheClockJump(economy);
        await Eventually.True(
            async () =>
            {
                await economy.Schedule.Wake();
                return await economy.Ask<bool>("SELECT is_called FROM public.refusals");
            },
            "the pause is refused");
        await economy.Execute("DROP TRIGGER refuse ON orleans.OrleansStorage");

        await Eventually.Get(
            async () =>
            {
                await economy.Schedule.Wake();
                return await economy.Schedule.GetClock();
            },
            until: status => status.PausedBecause is not null, "the schedule pauses");
    }

    [Fact]
    public async Task A_silent_time_in_which_no_silo_was_up_is_no_jump()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Execute("INSERT INTO economy.heartbeat (at) VALUES (now() - interval '3 days')");

        Assert.Null(await economy.ServiceOf<ClockGuard>(0).Check(CancellationToken.None));
    }

    [Theory]
    [InlineData(4, false)]
    [InlineData(-4, false)]
    [InlineData(7, true)]
    [InlineData(-7, true)]
    public async Task A_hosts_clock_that_differs_from_the_databases_by_more_than_5_seconds_is_not_trusted(
        int seconds, bool isOff)
    {
        var economy = await server.Shared();
        await economy.Execute("DELETE FROM economy.heartbeat");
        var guard = new ClockGuard(
            economy.ServiceOf<ClockTable>(0), new ShiftedTime(TimeSpan.FromSeconds(seconds)), economy.Grains);

        var reason = await guard.Check(CancellationToken.None);

        Assert.Equal(isOff, reason is not null);
    }

    // As if the silo had been up for an hour, and the last heartbeat were 20 minutes old.
    private static async Task LetTheClockJump(TestEconomy economy)
    {
        await economy.Execute("""
            UPDATE orleans.OrleansMembershipTable SET StartTime = now() - interval '1 hour';
            UPDATE orleans.OrleansMembershipVersionTable SET Version = Version + 1;
            """);
        await economy.Execute("UPDATE economy.heartbeat SET at = now() - interval '20 minutes'");
        await economy.Cluster.DeactivateAsync(economy.Schedule);
    }

    private sealed class ShiftedTime(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}

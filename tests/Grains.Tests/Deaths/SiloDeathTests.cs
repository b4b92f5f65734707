using Npgsql;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Deaths;

[Collection(OwnEconomiesCollection.Name)]
public sealed class SiloDeathTests(EconomyServer server)
{
    /// <summary>Two missed probes.</summary>
    private const int ProbeSeconds = 2;

    [Fact]
    public async Task A_week_whose_silo_dies_in_any_stage_ends_as_an_undisturbed_one_and_once()
    {
        await using var economy = await server.NewEconomy(new(ProbeSeconds: ProbeSeconds));
        await economy.Begin(TestEconomy.FirstWeek);
        var activity = new ActivityWeek("deaths", participants: 120, events: 1_000, seed: 11);
        var undisturbed = await Deliver(economy, activity, delivery: 1);
        await economy.Close(undisturbed);
        var expected = await economy.Outcome(undisturbed);
        Assert.Contains("posting ", expected, StringComparison.Ordinal);

        foreach (var stage in new[] { WeekStage.Aggregate, WeekStage.Score, WeekStage.Settle })
        {
            await economy.BeginWeek();
            var week = await Deliver(economy, activity, delivery: 10 + (int)stage);
            await KillDuring(economy, week, stage);
            await economy.Reached(week.End.AddHours(8));
            await economy.WaitUntilSettled(week);

            Assert.Equal(expected, await economy.Outcome(week));
            await economy.Cluster.StartAdditionalSiloAsync();
        }

        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task Participants_of_a_dead_silo_answer_again_with_what_they_had()
    {
        await using var economy = await server.NewEconomy(new(ProbeSeconds: ProbeSeconds));
        await economy.Begin(TestEconomy.FirstWeek);
        var week = TestEconomy.FirstWeek;
        var ids = Enumerable.Range(0, 40).Select(i => $"survivor-{i}").ToArray();
        await economy.Record("survivors", [.. ids.Select(id => Sent.Of(id, "ClubPostCreated", week.Start))]);
        await economy.Close(week);
        await economy.Record("survivors", [.. ids.Select(id => Sent.Of(id, "ClubPostCreated", week.Next.Start))]);
        await economy.Spread(ids);
        var victim = economy.Cluster.Silos[1];
        var concerned = ids.Where(id => victim.SiloAddress.Equals(economy.HostOf(economy.Participant(id).Actor))).ToArray();
        Assert.NotEmpty(concerned);

        await economy.Cluster.KillSiloAsync(victim);

        foreach (var id in concerned)
        {
            var balance = await Eventually.Get(
                async () => await economy.Participant(id).GetBalance(), until: _ => true, $"{id} answers after its silo died");
            Assert.Equal(200_000_000, balance.Available.Micro);
            Assert.Equal(200, (await economy.Participant(id).GetLimits()).PointsThisWeek);
            Assert.Equal(
                [EventOutcome.OverLimit],
                await economy.Outcomes("survivors", Sent.Of(id, "ClubPostCreated", week.Next.Start)));
        }
    }

    private static async Task<WeekId> Deliver(TestEconomy economy, ActivityWeek activity, int delivery)
    {
        var week = await economy.BeginWeek();
        await economy.RunTo(week.End.AddSeconds(-1));
        foreach (var (source, events) in activity.Requests(week, delivery, new Random(delivery)))
        {
            await economy.Record(source, events);
        }

        return week;
    }

    // Holds the stage in its middle, kills the silo that runs the week, and lets go.
    private static async Task KillDuring(TestEconomy economy, WeekId week, WeekStage stage)
    {
        await economy.RunTo(WeekTimetable.EarliestStart(week, stage).AddSeconds(-1));
        await using var connection = await economy.Database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Hold(connection, await HoldOf(economy, week, stage));
        await economy.SetClock(week.End.AddHours(8));
        await Eventually.True(
            () => IsSomebodyWaiting(economy), $"{stage} of {week} waits for what is held");
        var host = economy.HostOf(economy.Week(week)) ?? throw new InvalidOperationException($"{week} runs on no silo");

        await economy.Cluster.KillSiloAsync(economy.Cluster.Silos.Single(silo => silo.SiloAddress.Equals(host)));
    }

    private static async Task<string> HoldOf(TestEconomy economy, WeekId week, WeekStage stage)
    {
        var shard = await economy.Ask<int>($"""
            SELECT max(shard)::integer FROM activity.events WHERE week = {week.Number} AND outcome = 1
            """);
        return stage switch
        {
            WeekStage.Aggregate => $"SELECT pg_advisory_xact_lock({week.Number}, {shard})",
            WeekStage.Score => $"SELECT pg_advisory_xact_lock({-week.Number}, {shard})",
            _ => "SELECT sequence FROM ledger.head FOR UPDATE",
        };
    }

    private static async Task Hold(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Tests write their own SQL.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }

    private static Task<bool> IsSomebodyWaiting(TestEconomy economy) => economy.Ask<bool>("""
        SELECT EXISTS (
            SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')
        """);
}

using Npgsql;
using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Economy;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Schedules;

[Collection(OwnEconomiesCollection.Name)]
public sealed class JoiningSiloTests(EconomyServer server)
{
    [Fact]
    public async Task A_silo_that_joins_while_the_clock_is_on_its_way_stands_where_the_others_stand()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = TestEconomy.FirstWeek;
        await economy.Begin(week);
        await economy.Record("joining", Sent.Of("ann", "ClubPostCreated", week.Start));
        await economy.RunTo(week.End.AddSeconds(-1));

        await using (var connection = await economy.Database.OpenConnectionAsync())
        {
            // As an intake commit under way: the seal waits for it, and the clock with it.
            await using var transaction = await connection.BeginTransactionAsync();
            await using var hold = new NpgsqlCommand("SELECT FROM activity.weeks FOR SHARE", connection, transaction);
            await hold.ExecuteNonQueryAsync();
            Assert.IsType<SetClockReply.Moving>(await economy.SetClock(week.End.AddHours(8)));
            await Eventually.Get(
                () => economy.Schedule.GetClock(),
                until: status => status.Doing?.StartsWith("aggregate", StringComparison.Ordinal) ?? false,
                "the week is about to be sealed");

            await economy.Cluster.StartAdditionalSiloAsync();

            Assert.Equal(week.End, economy.ServiceOf<EconomyClock>(1).Now);
        }

        await economy.Close(week);
    }

    [Fact]
    public async Task A_silo_that_has_missed_a_setting_of_the_clock_rejects_no_event_for_it()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        var week = TestEconomy.FirstWeek;
        await economy.Begin(week);
        await economy.Record("missed", Sent.Of("ann", "ClubPostCreated", week.Start));
        for (var hour = 1; hour <= 20; hour++)
        {
            var now = week.Start.AddHours(hour);
            // As another silo's setting that was not told here. The follower hears of it a moment later: one of many events
            // comes before.
            await economy.Execute(
                $"UPDATE economy.clock SET now = '{now:O}', reached = '{now:O}', version = version + 1");

            Assert.Equal([EventOutcome.Counted], await economy.Outcomes("missed", Sent.Of("bob-" + hour, "ClubPostCreated", now)));
        }
    }
}

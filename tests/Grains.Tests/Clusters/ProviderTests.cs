using Stk.GrainInterfaces.Weeks;
using Stk.Grains.Tests.Economies;
using Xunit;

namespace Stk.Grains.Tests.Clusters;

[Collection(EconomyCollection.Name)]
public sealed class ProviderTests(EconomyServer server)
{
    [Fact]
    public async Task Members_reminders_and_the_coordinators_state_are_in_our_schemas_tables()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await economy.RunTo(week.End.AddHours(1));
        Assert.IsType<CloseReply.Accepted>(await economy.Week(week).Close(new("operator", OverrideReason: null)));
        await economy.BeginWeek();

        Assert.Equal(2, await economy.Ask<long>("SELECT count(*) FROM orleans.OrleansMembershipTable WHERE Status = 3"));
        Assert.Equal(
            ["due"], await economy.Rows("SELECT ReminderName FROM orleans.OrleansRemindersTable"));
        Assert.Equal(1, await economy.Ask<long>(
            "SELECT count(*) FROM orleans.OrleansStorage WHERE GrainTypeString = 'emission'"));
        Assert.Equal("""{"IsForced":true}""", Assert.Single(await economy.Rows($"""
            SELECT convert_from(PayloadBinary, 'UTF8') FROM orleans.OrleansStorage
            WHERE GrainTypeString = 'week' AND GrainIdExtensionString = '{week}'
            """)));
        Assert.InRange(
            await economy.Ask<int>("SELECT max(octet_length(PayloadBinary)) FROM orleans.OrleansStorage"), 1, 4_096);
    }

    [Fact]
    public async Task No_provider_is_of_memory()
    {
        var economy = await server.Shared();
        for (var silo = 0; silo < 2; silo++)
        {
            Assert.EndsWith("AdoNetClusteringTable", economy.ServiceOf<IMembershipTable>(silo).GetType().Name, StringComparison.Ordinal);
            Assert.EndsWith("AdoNetReminderTable", economy.ServiceOf<IReminderTable>(silo).GetType().Name, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_silos_act_without_a_superusers_rights()
    {
        var economy = await server.Shared();

        Assert.Equal(
            ["f"],
            await economy.Rows("""
                SELECT DISTINCT CASE WHEN usesuper THEN 't' ELSE 'f' END FROM pg_stat_activity
                JOIN pg_user USING (usename) WHERE datname = current_database() AND application_name LIKE 'stk %'
                """));
    }
}

using Stk.GrainInterfaces.Health;
using Stk.Grains.JournalFollowing;
using Stk.Grains.Tests.Economies;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Health;

[Collection(EconomyCollection.Name)]
public sealed class HealthTests(EconomyServer server)
{
    [Fact]
    public async Task A_silo_that_hears_nothing_of_its_database_says_so_and_the_other_does_not()
    {
        await using var economy = await server.NewEconomy();
        IHealthGrain Of(int silo) => economy.ServiceOf<IGrainFactory>(silo).GetGrain<IHealthGrain>(0);

        await economy.ServiceOf<JournalFollower>(1).StopAsync(CancellationToken.None);

        await Eventually.True(async () => !await Of(1).HasDatabase(), "the second silo misses its database");
        Assert.True(await Of(0).HasDatabase());
    }

    [Fact]
    public async Task An_API_host_of_the_build_before_hears_of_the_database_from_the_schedule()
    {
        var economy = await server.Shared();

        Assert.False((await economy.Schedule.GetClock()).IsDatabaseLost);
    }
}

using Stk.Grains.Tests.Economies;
using Xunit;

namespace Stk.Grains.Tests.Faults;

[Collection(OwnEconomiesCollection.Name)]
public sealed class ActivationTests(EconomyServer server)
{
    [Fact]
    public async Task An_activation_that_the_database_fails_tells_its_caller_so_in_an_exception_that_travels()
    {
        await using var economy = await server.NewEconomy(new());
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Execute("ALTER TABLE activity.profile_changes RENAME TO gone");

        var exception = await Assert.ThrowsAnyAsync<Exception>(
            () => economy.Participant("nobody").GetBalance().AsTask());

        Assert.Contains("the database refused: 42P01", exception.ToString(), StringComparison.Ordinal);
    }
}

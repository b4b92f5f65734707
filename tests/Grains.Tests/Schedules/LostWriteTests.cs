using Stk.Grains.Tests.Economies;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Schedules;

[Collection(OwnEconomiesCollection.Name)]
public sealed class LostWriteTests(EconomyServer server)
{
    private const string Row = "WHERE GrainTypeString = 'emission'";

    [Fact]
    public async Task A_coordinator_whose_state_was_written_without_an_answer_stores_it_again()
    {
        await using var economy = await server.NewEconomy(new());
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.Close(TestEconomy.FirstWeek);

        // As where the connection is cut after the write: the row is a version further than its writer knows.
        Assert.Equal(1, await economy.Execute($"UPDATE orleans.OrleansStorage SET Version = Version + 1 {Row}"));
        var lost = await economy.Ask<int>($"SELECT Version FROM orleans.OrleansStorage {Row}");

        await economy.Close(TestEconomy.FirstWeek.Next);

        await Eventually.True(
            async () =>
            {
                // Whoever asks wakes the next activation; else its reminder does within the minute.
                await economy.Schedule.GetClock();
                return await economy.Ask<int>($"SELECT Version FROM orleans.OrleansStorage {Row}") > lost;
            },
            "emission stores its state again");
    }
}

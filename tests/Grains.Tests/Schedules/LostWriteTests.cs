using Stk.Grains.Tests.Economies;
using Xunit;

namespace Stk.Grains.Tests.Schedules;

[Collection(EconomyCollection.Name)]
public sealed class LostWriteTests(EconomyServer server)
{
    [Fact]
    public async Task A_schedule_whose_state_was_written_without_an_answer_goes_on_with_what_was_written()
    {
        await using var economy = await server.NewEconomy(new());
        await economy.Begin(Economy.FirstWeek);
        await economy.Close(Economy.FirstWeek);

        // As where the connection is cut after the write: the row is a version further than its writer knows.
        Assert.Equal(1, await economy.Execute(
            "UPDATE orleans.OrleansStorage SET Version = Version + 1 WHERE GrainTypeString = 'schedule'"));

        await economy.Close(Economy.FirstWeek.Next);
        await economy.WaitUntilSettled(Economy.FirstWeek.Next);
    }
}

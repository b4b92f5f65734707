using System.Text.Json;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Activity;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Xunit;

namespace Stk.Grains.Tests.Weeks;

[Collection(EconomyCollection.Name)]
public sealed class ExampleTests(EconomyServer server)
{
    [Fact]
    public async Task The_documents_example_gives_1584_through_intake_seal_and_ledger()
    {
        var economy = await server.Shared();
        WeekId week = default;
        for (var weekInRow = 1; weekInRow <= 4; weekInRow++)
        {
            week = await economy.BeginWeek();
            await economy.Participant("anna").ChangeProfile(
                new(Level: 3, IsExcluded: null, "Практик", "operator"), CancellationToken.None);
            if (weekInRow < 4)
            {
                await economy.Record("example", Sent.Of("anna", "ClubLikeGiven", week.Start));
            }
        }

        // 400 + 400 + 150 + 10 = 960 points.
        var outcomes = await economy.Outcomes(
            "example",
            [
                Sent.Of("anna", "ClubPostCreated", week.Start.AddHours(1)),
                .. Enumerable.Range(0, 4).Select(i => Sent.Of("anna", "ExerciseSave", week.Start.AddHours(2 + i))),
                .. Enumerable.Range(0, 3).Select(i => Sent.Of("anna", "SectionCompleted", week.Start.AddHours(3 + i))),
                Sent.Of("anna", "ClubLikeGiven", week.Start.AddHours(7)),
            ]);
        await economy.RunTo(week.Start.AddDays(2));
        var secondPost = await economy.Outcomes("example", Sent.Of("anna", "ClubPostCreated", week.Start.AddDays(1)));
        Assert.All(outcomes.Concat(secondPost), outcome => Assert.Equal(EventOutcome.Counted, outcome));

        await economy.Close(week);

        var statement = JsonDocument.Parse((await economy.Participant("anna").GetStatement(week, CancellationToken.None))!)
            .RootElement;
        Assert.Equal("960", statement.GetProperty("points").GetRawText());
        Assert.Equal("1.5", statement.GetProperty("qualification").GetString());
        Assert.Equal("1.1", statement.GetProperty("consistency").GetString());
        Assert.Equal("1584", statement.GetProperty("reward").GetString());
        var posted = (await economy.Participant("anna").GetTransactions(new(Cursor: null, Limit: 1), CancellationToken.None))
            .Transactions[0];
        Assert.Equal((week.ToString(), Amount.OfStk(1584)), (posted.Reference, posted.Available));
    }
}

using System.Text.Json;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Testing.Economies;
using Xunit;

namespace Stk.Grains.Tests.Weeks;

[Collection(EconomyCollection.Name)]
public sealed class ExampleTests(EconomyServer server)
{
    [Fact]
    public async Task The_documents_example_gives_1584_through_intake_seal_and_ledger()
    {
        var economy = await server.Shared();
        var first = await economy.BeginWeek();
        var week = first.Next.Next.Next;
        // 400 + 400 + 150 + 10 = 960 points, in the fourth week in a row.
        await economy.Live(EconomyPlan.Empty
            .Level("anna", 3)
            .Week(Anna("ClubLikeGiven", first.Start.AddHours(9)))
            .Week(Anna("ClubLikeGiven", first.Next.Start))
            .Week(Anna("ClubLikeGiven", first.Next.Next.Start))
            .Week([
                Anna("ClubPostCreated", week.Start.AddHours(1)),
                .. Enumerable.Range(0, 4).Select(i => Anna("ExerciseSave", week.Start.AddHours(2 + i))),
                .. Enumerable.Range(0, 3).Select(i => Anna("SectionCompleted", week.Start.AddHours(3 + i))),
                Anna("ClubLikeGiven", week.Start.AddHours(7)),
                Anna("ClubPostCreated", week.Start.AddDays(1)),
            ])
            .Paid());

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

    private static PlannedEvent Anna(string type, DateTimeOffset at) => new($"example {type} {at:O}", type, "anna", at);
}

using System.Globalization;
using Stk.GrainInterfaces.Sources;
using Stk.GrainInterfaces.Weeks;
using Stk.Grains.Sources;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Weeks;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;
using Stk.Testing;
using Stk.Verification;
using Xunit;

namespace Stk.Grains.Tests.Sources;

/// <summary>A source whose day is worth more than it may be: nothing is refused, and its week is not sealed.</summary>
[Collection(EconomyCollection.Name)]
public sealed class BudgetTests(EconomyServer server)
{
    private const string Source = "budget-club";

    [Fact]
    public async Task A_week_waits_for_a_source_over_its_budget_until_the_budget_is_raised_with_a_reason()
    {
        await using var economy = await server.NewEconomy(new(Silos: 1));
        await economy.Begin(TestEconomy.FirstWeek);
        await economy.RunTo(TestEconomy.FirstWeek.Start.AddHours(8));
        var week = TestEconomy.FirstWeek;
        // Two may earn 10 a save, and a save more than the day's limit is worth nothing.
        var rule = RuleBook.FromTheSource.Weighted("ExerciseSave")!;
        var worth = 2L * rule.Weight * rule.DayLimit;
        await Put(economy, worth - 1);
        await economy.Record(
            Source,
            [
                .. from who in new[] { "budget-ann", "budget-bob" }
                   from _ in Enumerable.Range(0, rule.DayLimit + 1)
                   select Sent.Of(who, rule.Type, week.Start.AddHours(1)),
            ]);

        var source = (await economy.Grains.GetGrain<ISourceGrain>(Source).Get(CancellationToken.None))!;
        Assert.Equal((worth, true), (source.PointsToday, source.IsOverBudget));
        Assert.True(Assert.Single(await List(economy)).IsOverBudget);
        await Eventually.Get(
            () => economy.Rows("SELECT day, budget, week, points FROM sources.budget_alarms"),
            until: rows => rows.Length == 1, "it is told");

        // Behind the seal's own lock it is looked at again.
        var over = await economy.ServiceOf<RunTable>(0).Seal(
            new(week, week.End, RuleBook.FromTheSource, null, null), CancellationToken.None);
        Assert.Equal(worth, Assert.Single(over).Points);
        Assert.Empty(await economy.Rows("SELECT week FROM weeks.runs"));

        await economy.SetClock(week.End.AddHours(8));
        var blocked = await Eventually.Get(
            () => economy.Week(week).GetStatus(), until: status => status.BlockedBy is not null, "the week waits");
        var day = week.Monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var said = $"source {Source} must be within its budget: {day} has {worth} points of {worth - 1}";
        Assert.Equal(said, blocked.BlockedBy);
        // Not for a reason either.
        Assert.Equal(
            said, Assert.IsType<CloseReply.Refused>(await economy.Week(week).Close(new(TwoPersons.First, "go on"))).Rule);

        Assert.True((await Put(economy, worth)).NeedsBudgetReason);
        Assert.True((await Put(economy, null)).NeedsBudgetReason);
        Assert.Null((await economy.Week(week).GetStatus()).Done);
        Assert.False((await Put(economy, worth, "a hackathon")).NeedsBudgetReason);
        await economy.WaitUntilSettled(week);

        Assert.Equal([$"{week.Number} {worth}"], await economy.Rows("SELECT week, points FROM weeks.source_budgets"));
        Assert.False(Assert.Single(await List(economy)).IsOverBudget);
        await Holds(economy);
        await economy.Execute("UPDATE weeks.source_budgets SET points = points - 1");
        Assert.Contains(
            await new InvariantsCheck(economy.Database).Run().ToListAsync(),
            finding => finding is { Holds: false, Invariant.Name: "I45" });
    }

    [Fact]
    public async Task What_is_taken_back_and_what_the_excluded_do_is_worth_nothing()
    {
        var economy = await server.Shared();
        var week = await economy.BeginWeek();
        await Put(economy, 100_000);
        var post = Sent.Of("budget-carl", "ClubPostCreated", week.Start);
        await economy.Record(Source, post, Sent.Of("budget-dora", "ClubPostCreated", week.Start));
        var both = await Points(economy, week);

        await economy.Record(Source, post.Retraction(week.Start.AddHours(1)));
        var one = await Points(economy, week);
        await economy.Participant("budget-dora").ChangeProfile(
            new(null, true, "a robot", TwoPersons.First), CancellationToken.None);

        Assert.Equal((both / 2, 0L), (one, await Points(economy, week)));
        Assert.NotEqual(0, both);
    }

    private static async Task<long?> Points(TestEconomy economy, WeekId week) =>
        await economy.ServiceOf<BudgetTable>(0).ReadPoints(
            Source, week.Monday, new([(week, RuleBook.FromTheSource)]), CancellationToken.None);

    private static async Task<SourceReply[]> List(TestEconomy economy) =>
        [.. (await economy.Grains.GetGrain<ISourcesGrain>(0).List(CancellationToken.None)).Where(one => one.Name == Source)];

    private static Task<SourceReply> Put(TestEconomy economy, long? budget, string? reason = null) =>
        economy.Grains.GetGrain<ISourceGrain>(Source).Put(
            new(
                null, false, By: TwoPersons.First, KeepsCompleteTo: true, KeepsRequired: true, Reason: reason,
                Settings: $$"""{"mayRegister":true,"budgetPerDay":{{Json(budget)}}}"""),
            CancellationToken.None);

    private static string Json(long? budget) => budget?.ToString(CultureInfo.InvariantCulture) ?? "null";

    private static async Task Holds(TestEconomy economy) => Assert.All(
        await new InvariantsCheck(economy.Database).Run().ToListAsync(),
        finding => Assert.True(finding.Holds, finding.ToString()));
}

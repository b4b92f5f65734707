using System.Globalization;
using System.Text.Json.Nodes;
using Stk.Rules.Weeks;

namespace Stk.EndToEnd.Rewards;

/// <summary>An economy that holds its weeks against those before, over HTTP.</summary>
public sealed class BoundsTests
{
    private static readonly WeekId First = WeekId.OfNumber(202536);

    [Fact]
    public async Task A_week_beyond_a_bound_is_paid_once_two_operators_have_let_it_go_on()
    {
        await using var economy = await Economy.Up();
        var operators = await economy.Operator();
        var second = await economy.Client("operator", "second");
        var club = await economy.Source();
        await Live(operators, club, First, people: 1);
        await Announce(operators, second, First.Next.Next, new JsonObject { ["peopleTimes"] = "2" });
        var week = First.Next;
        for (var closed = 1; closed < 8; closed++, week = week.Next)
        {
            await Live(operators, club, week, people: 1);
        }

        // Twice as many are within, and more are not.
        await Live(operators, club, week, people: 2);
        Assert.Equal("settle", Text(await operators.Get($"admin/weeks/{week}"), "done"));
        week = week.Next;
        await Live(operators, club, week, people: 5);

        const string Beyond =
            "its 5 people are 1 above the bound of 4 (2 times 2 of 2025-W44). Closed with a reason that another operator approves, it is paid all the same";
        var blocked = await operators.Get($"admin/weeks/{week}");
        Assert.Equal("report", Text(blocked, "done"));
        Assert.Equal($"{week} is beyond the bounds of the 8 weeks closed before it: {Beyond}", Text(blocked, "blockedBy"));
        Assert.Equal("0", Text(blocked, "paid"));
        var unreasoned = await operators.SendText($"admin/weeks/{week}/close", "{}");
        unreasoned.Problem(HttpStatusCode.Conflict, "week-not-closable");
        Assert.Contains(Beyond, unreasoned.Text, StringComparison.Ordinal);

        var asked = await operators.Post($"admin/weeks/{week}/close", new { reason = "the term has begun" });
        Assert.Equal("report", Text(await operators.Get($"admin/weeks/{week}"), "done"));
        await second.Approve(asked);
        await Eventually.Get(
            () => operators.Get($"admin/weeks/{week}"), answer => Text(answer, "done") == "settle", $"{week} is paid");
        Assert.Equal(
            $"{week.Number}|the term has begun|operator|second",
            await economy.Psql("SELECT week, reason, asked_by, approved_by FROM weeks.bound_overrides"));
        (await economy.Stk("verify")).Done();
    }

    private static async Task Live(ApiClient operators, ApiClient source, WeekId week, int people)
    {
        await operators.MoveClock(Text(week.End.AddSeconds(-1)));
        await source.SendEvents(Enumerable.Range(0, people).Select(i =>
            Events.Of($"{week} {i}", "SectionCompleted", $"person-{i}", Text(week.End.AddHours(-5)))));
        await operators.MoveClock(Text(week.End.AddHours(8)));
    }

    private static async Task Announce(ApiClient operators, ApiClient second, WeekId from, JsonObject bounds)
    {
        var document = JsonNode.Parse((await operators.Get("admin/rules")).Json
            .GetProperty("versions")[0].GetProperty("document").GetRawText())!.AsObject();
        document.Remove("version");
        document["bounds"] = bounds;
        await second.Approve(await operators.Post("admin/rules", new { effectiveFrom = $"{from}", document }));
    }

    private static string? Text(Answer answer, string name) => answer.Json.GetProperty(name).GetString();

    private static string Text(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}

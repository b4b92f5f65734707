using System.Globalization;
using System.Text.Json;

namespace Stk.EndToEnd.Rewards;

[Collection(ClubCollection.Name)]
public sealed class ClosedWeekTests(ClubEconomy club)
{
    private Economy Economy => club.Economy;

    [Fact]
    public void Each_event_is_answered_in_the_order_sent()
    {
        Assert.Equal(["counted"], club.Outcomes[0]);
        Assert.Equal(
            [.. Enumerable.Repeat("counted", 11), "duplicate", "ignored"], club.Outcomes[1]);
        Assert.Equal(["counted", "counted", "over_limit", "late"], club.Outcomes[2]);
    }

    [Fact]
    public async Task The_documents_example_gives_1584_over_http()
    {
        var ann = await Economy.Participant("ann");
        var statement = (await ann.Get($"rewards/weekly?week={ClubEconomy.LastWeek}", accept: "application/json")).Json;

        Assert.Equal("ann", Text(statement, "participant"));
        Assert.Equal(960, statement.GetProperty("points").GetInt64());
        Assert.Equal(("1.5", 4, "1.1", "1584"), (Text(statement, "qualification"),
            statement.GetProperty("streak").GetInt32(), Text(statement, "consistency"), Text(statement, "reward")));
        Assert.Equal(
            ["SectionCompleted 5 0 250", "ExerciseSave 5 0 500", "ClubPostCreated 1 0 200", "ClubLikeGiven 1 0 10"],
            statement.GetProperty("activities").EnumerateArray().Select(line => string.Create(CultureInfo.InvariantCulture,
                $"{Text(line, "type")} {line.GetProperty("counted")} {line.GetProperty("overLimit")} {line.GetProperty("points")}")));
        Assert.Equal(1584m, statement.GetProperty("activities").EnumerateArray().Sum(line => Stk(line, "reward")));
    }

    [Fact]
    public async Task A_statement_is_given_as_what_is_asked_for_and_to_a_browser_as_a_document()
    {
        var ann = await Economy.Participant("ann");
        var path = $"rewards/weekly?week={ClubEconomy.LastWeek}";

        Assert.Equal("application/json", (await ann.Get(path, accept: "application/json")).Type);
        Assert.Equal("text/csv", (await ann.Get(path, accept: "text/csv")).Type);
        var document = await ann.Get(path, accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        Assert.Equal("application/pdf", document.Type);
        Assert.StartsWith("%PDF-", document.Text, StringComparison.Ordinal);
        (await ann.Get(path, accept: "text/html")).Problem(HttpStatusCode.NotAcceptable, "not-acceptable");
        (await ann.Get("rewards/weekly?week=2025-W20")).Problem(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task The_documents_example_is_explained_beside_the_week_before()
    {
        var ann = await Economy.Participant("ann");

        var report = (await ann.Get($"rewards/weekly/report?week={ClubEconomy.LastWeek}")).Json;

        Assert.Equal("1584", Text(report.GetProperty("statement"), "reward"));
        // 50 x 1.5 x 1.05 in the third week in a row.
        Assert.Equal("78.75", Text(report.GetProperty("before"), "reward"));
        Assert.Equal("1505.25", Text(report.GetProperty("change"), "reward"));
        Assert.Contains(
            report.GetProperty("advice").EnumerateArray(),
            advice => Text(advice, "kind") == "streak" && Text(advice, "brings") == "144");
    }

    [Fact]
    public async Task The_balance_is_what_its_history_adds_up_to()
    {
        var ann = await Economy.Participant("ann");
        var balance = (await ann.Get("balance")).Json;
        var changes = (await ann.Get("balance/history")).Json.GetProperty("items").EnumerateArray().ToArray();
        var transactions = (await ann.Get("transactions")).Json.GetProperty("items").EnumerateArray().ToArray();

        // 50 x 1.5 x (1 + 1.02 + 1.05) + 1584
        Assert.Equal(1814.25m, Stk(balance, "available"));
        Assert.Equal(1814.25m, Stk(balance, "total"));
        Assert.Equal(1814.25m, Stk(changes[0], "balanceAfter"));
        Assert.Equal(1814.25m, changes.Sum(change => Stk(change, "amount")));
        Assert.Equal(["2025-W51", "2025-W50", "2025-W49", "2025-W48"], changes.Select(change => Text(change, "reference")));
        Assert.Equal(changes.Select(change => Text(change, "transactionId")), transactions.Select(item => Text(item, "id")));
        Assert.Equal(1814.25m, transactions.Sum(item => Stk(item, "available")));
    }

    [Fact]
    public async Task Pages_of_one_give_the_same_rewards_as_one_page()
    {
        var ann = await Economy.Participant("ann");
        var whole = (await ann.Get("rewards")).Json.GetProperty("items").EnumerateArray()
            .Select(item => item.GetRawText()).ToArray();
        List<string> pages = [];
        string? next = null;
        do
        {
            var page = (await ann.Get("rewards?limit=1" + (next is null ? "" : $"&cursor={next}"))).Json;
            pages.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()));
            next = page.GetProperty("next").GetString();
        }
        while (next is not null);

        Assert.Equal(4, whole.Length);
        Assert.Equal(whole, pages);
    }

    [Fact]
    public async Task What_vests_is_frozen_and_noted_as_a_grant()
    {
        var balance = (await (await Economy.Participant("bob")).Get("balance")).Json;

        Assert.Equal((0m, 300m, 300m), (Stk(balance, "available"), Stk(balance, "frozen"), Stk(balance, "total")));
        Assert.Equal("MentoringSessionCompleted|300000000|2026-01-21", await Economy.Psql(
            """
            SELECT type, amount_micro, unlocks_on FROM weeks.grants
            JOIN activity.participants ON number = participant WHERE id = 'bob'
            """));
    }

    [Fact]
    public async Task A_streak_waits_for_the_weeks_first_points()
    {
        var streak = (await (await Economy.Participant("ann")).Get("streak")).Json;

        Assert.Equal(("2025-W52", 4, false, "1.1", "1.2"), (Text(streak, "week"), streak.GetProperty("weeksInRow").GetInt32(),
            streak.GetProperty("thisWeekActive").GetBoolean(), Text(streak, "coefficient"), Text(streak, "nextCoefficient")));
    }

    [Fact]
    public async Task Limits_and_streak_show_an_event_as_soon_as_it_is_answered()
    {
        var dora = await Economy.Participant("dora");
        var source = await Economy.Source();

        Assert.Equal(["counted", "over_limit"], await source.SendEvents(
            Events.Of("dora 1", "ClubPostCreated", "dora", "2025-12-22T07:00:00Z"),
            Events.Of("dora 2", "ClubPostCreated", "dora", "2025-12-22T07:30:00Z")));
        var limits = (await dora.Get("limits")).Json;
        var posts = limits.GetProperty("limits").EnumerateArray().Single(limit => Text(limit, "type") == "ClubPostCreated");

        Assert.Equal((2, 1, 0), (posts.GetProperty("received").GetInt32(), posts.GetProperty("counted").GetInt32(),
            posts.GetProperty("left").GetInt32()));
        Assert.Equal((200, "200"), (limits.GetProperty("pointsThisWeek").GetInt32(), Text(limits, "projectedReward")));
        Assert.True((await dora.Get("streak")).Json.GetProperty("thisWeekActive").GetBoolean());
    }

    [Fact]
    public async Task All_that_was_issued_is_somewhere()
    {
        var supply = (await (await Economy.Client("auditor", "auditor")).Get("stats/supply")).Json;
        var held = supply.GetProperty("funds").EnumerateArray().Sum(fund => Stk(fund, "balance"))
            + Stk(supply, "available") + Stk(supply, "frozen") + Stk(supply, "settling") + Stk(supply, "onChain")
            + Stk(supply, "reserved");

        Assert.Equal(Stk(supply, "emitted"), held);
        Assert.Equal(Stk(supply, "scheduled"), held);
        // Monday 2025-11-24 to 2025-12-22, the day itself included, of a year of 365 days.
        Assert.Equal(Math.Floor(1_000_000_000m * 29 / 365 * 1_000_000) / 1_000_000, held);
    }

    [Fact]
    public async Task A_recomputed_week_is_the_export_to_the_byte()
    {
        var auditor = await Economy.Client("auditor", "auditor");
        var export = await auditor.Get($"admin/weeks/{ClubEconomy.LastWeek}/export.csv");
        var recomputed = (await Economy.Stk("recompute", ClubEconomy.LastWeek)).Done();

        Assert.Equal((HttpStatusCode.OK, "text/csv"), (export.Status, export.Type));
        Assert.Equal(export.Bytes, recomputed.Output);
        Assert.Equal(["date,user_id,points", "2025-12-21,ann,1584", "2025-12-21,bob,300", "2025-12-21,carl,200"],
            recomputed.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task An_export_of_no_sealed_week_is_not_found() =>
        (await (await Economy.Operator()).Get("admin/weeks/2026-W10/export.csv")).Problem(HttpStatusCode.NotFound, "not-found");

    [Fact]
    public async Task A_participant_sees_no_other_and_no_admin_page()
    {
        var ann = await Economy.Participant("ann");

        (await ann.Get("balance?participant=bob")).Problem(HttpStatusCode.NotFound, "not-found");
        (await ann.Get("admin/totals")).Problem(HttpStatusCode.Forbidden, "forbidden");
        (await Economy.Anonymous.Get("balance")).Problem(HttpStatusCode.Unauthorized, "token-missing");
    }

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static decimal Stk(JsonElement item, string name) =>
        decimal.Parse(Text(item, name)!, CultureInfo.InvariantCulture);
}

using System.Net;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Money;
using Stk.Rules.Vesting;

namespace Stk.ApiHost.Tests.Pages;

/// <summary>What was done and what is frozen, as whoever has no scripts reads it.</summary>
[Collection(ApiCollection.Name)]
public sealed class ActivityPageTests(ApiFixture fixture)
{
    private static readonly DateTimeOffset At = new(2025, 12, 18, 9, 0, 0, TimeSpan.Zero);

    private ApiHostUnderTest Host => fixture.Host;

    [Theory]
    [InlineData("over_limit", "Дневной лимит этого вида — 5, а это действие в тот день было 6-м.")]
    [InlineData("late", "когда неделя уже была закрыта")]
    [InlineData("retracted", "отозвал это действие")]
    [InlineData("voided", "Два оператора исключили")]
    [InlineData("ignored", "баллов не даёт или учётная запись исключена")]
    [InlineData("applied", "сообщение о другом")]
    [InlineData("something_new", "Это действие сейчас баллов не даёт.")]
    public async Task Where_an_action_gave_nothing_it_says_why(string outcome, string said)
    {
        Host.Cluster.Participant("pa-why").Done = [new("lms", Guid.NewGuid(), "ExerciseSave", At, outcome, 0, 6, 5)];

        var page = await Browser.SignedIn(Host, "pa-why").Page("/activity?week=2025-W51");

        var row = page.QuerySelector("[data-testid=event-row]")!;
        Assert.Equal((outcome, "0"), (row.GetAttribute("data-outcome"), row.GetAttribute("data-points")));
        Assert.Equal("Почему 0?", row.QuerySelector("summary")!.TextContent);
        Assert.Contains(said, row.QuerySelector("[data-testid=why]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_counted_has_its_points_and_nothing_to_explain()
    {
        var participant = Host.Cluster.Participant("pa-list");
        participant.Done =
        [
            new("lms", Guid.NewGuid(), "ExerciseSave", At, "counted", 100, 2, 5),
            new("lms", Guid.NewGuid(), "<b>Own", At, "counted", 1, 1, 0),
        ];

        var page = await Browser.SignedIn(Host, "pa-list").Page("/activity?week=2025-W51&type=ExerciseSave");

        var rows = page.QuerySelectorAll("[data-testid=event-row]");
        Assert.Contains("100 баллов", rows[0].TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Contains("2 из 5 за день", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("1 балл", rows[1].TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("details.why, main b"));
        Assert.Equal("ExerciseSave", participant.LastActivity!.Type);
        Assert.Equal(
            "/activity?week=2025-W51&type=ExerciseSave&cursor=good",
            page.QuerySelectorAll("[rel=next]")[^1].GetAttribute("href"));
    }

    [Fact]
    public async Task A_week_without_actions_says_so_and_one_that_is_none_is_not_there()
    {
        Host.Cluster.Participant("pa-none").Done = [];
        var browser = Browser.SignedIn(Host, "pa-none");

        Assert.NotNull((await browser.Page("/activity")).QuerySelector("[data-testid=empty][data-of=activity]"));
        Assert.Equal(
            "За эту неделю действий нет.",
            (await browser.Page("/activity?week=2025-W40")).QuerySelector("[data-of=activity]")!.TextContent);
        foreach (var week in new[] { "x", "2025-W60", "0001-W01" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/activity?week={week}")).Status);
        }

        // A cursor of another list begins it anew.
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/activity?cursor=x")).Status);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/frozen?cursor=x")).Status);
    }

    [Theory]
    [InlineData(GrantState.Frozen, 32, "Разморозка: 23 января 2026, осталось 32 дня.")]
    [InlineData(GrantState.Frozen, 1, "Разморозка: 23 декабря 2025, остался 1 день.")]
    [InlineData(GrantState.Frozen, 11, "осталось 11 дней")]
    [InlineData(GrantState.Frozen, 21, "остался 21 день")]
    [InlineData(GrantState.Waiting, -3, "День разморозки настал 19 декабря 2025; ждёт решения.")]
    public async Task What_is_frozen_says_for_what_until_when_and_what_is_missing(GrantState state, int days, string said)
    {
        Host.Cluster.Participant("pf-list").Grants =
        [
            Tests.Cluster.FakeVesting.Grant with { State = state, UnlocksOn = new DateOnly(2025, 12, 22).AddDays(days) },
        ];

        var page = await Browser.SignedIn(Host, "pf-list").Page("/frozen");

        var row = page.QuerySelector("[data-testid=grant-row]")!;
        var text = row.TextContent.Replace('\u00A0', ' ');
        Assert.Equal(("750", state.WireName()), (row.GetAttribute("data-amount"), row.GetAttribute("data-state")));
        Assert.Contains("750 STK", text, StringComparison.Ordinal);
        Assert.Contains("Завершение этапа проекта, за 51-ю неделю", text, StringComparison.Ordinal);
        Assert.Contains(said, text, StringComparison.Ordinal);
        Assert.Contains(
            "Не хватает: подтверждение этапа проекта. Пока не сказано о 1 из 1. Решится не позже чем 22 марта 2026.", text,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_decided_says_what_became_of_it()
    {
        var grant = Tests.Cluster.FakeVesting.Grant with { DecidedAt = At };
        Host.Cluster.Participant("pf-done").Grants =
        [
            grant with { State = GrantState.Released, Released = Amount.OfStk(750) },
            grant with { State = GrantState.Released, Released = Amount.OfStk(500), Cancelled = Amount.OfStk(250) },
            grant with { State = GrantState.Cancelled, Cancelled = Amount.OfStk(750), Type = null, Week = null },
        ];

        var rows = (await Browser.SignedIn(Host, "pf-done").Page("/frozen")).QuerySelectorAll("[data-testid=grant-row]")
            .Select(row => row.TextContent.Replace('\u00A0', ' ')).ToList();

        Assert.Contains("Разморожено 750 STK", rows[0], StringComparison.Ordinal);
        Assert.Contains("Разморожено 500 STK", rows[1], StringComparison.Ordinal);
        Assert.Contains("Остальная часть отменена.", rows[1], StringComparison.Ordinal);
        Assert.Contains("Вознаграждение отменено", rows[2], StringComparison.Ordinal);
        Assert.Contains("Выплата из фонда", rows[2], StringComparison.Ordinal);
        Assert.DoesNotContain("Не хватает", string.Concat(rows), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_has_nothing_frozen_is_told_what_will_stand_there()
    {
        Host.Cluster.Participant("pf-none").Grants = [];

        Assert.NotNull(
            (await Browser.SignedIn(Host, "pf-none").Page("/frozen")).QuerySelector("[data-testid=empty][data-of=frozen]"));
    }
}

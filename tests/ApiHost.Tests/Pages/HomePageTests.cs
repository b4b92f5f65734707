using System.Net;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Pages;

/// <summary>What the first page shows, as whoever has no scripts reads it.</summary>
[Collection(ApiCollection.Name)]
public sealed class HomePageTests(ApiFixture fixture)
{
    private static readonly WeekId Week = WeekId.OfNumber(202551);

    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task Today_shows_what_the_API_answers()
    {
        var token = Host.Keys.Token("participant", "pg-today");
        var page = await Browser.SignedIn(Host, "pg-today").Page("/");
        var balance = (await Host.Get(ApiHostUnderTest.Root + "/balance", token)).Json;
        var limits = (await Host.Get(ApiHostUnderTest.Root + "/limits", token)).Json;
        var streak = (await Host.Get(ApiHostUnderTest.Root + "/streak", token)).Json;

        foreach (var part in new[] { "total", "available", "frozen" })
        {
            Assert.Equal(balance.GetProperty(part).GetString(), PageSamples.Value(page, $"balance-{part}"));
        }

        Assert.Null(page.QuerySelector("[data-testid=balance-settling]"));
        Assert.Equal(limits.GetProperty("pointsThisWeek").GetRawText(), PageSamples.Value(page, "week-points"));
        Assert.Equal(limits.GetProperty("projectedReward").GetString(), PageSamples.Value(page, "projected-reward"));
        Assert.Equal(streak.GetProperty("weeksInRow").GetRawText(), PageSamples.Value(page, "streak-weeks"));
        var row = page.QuerySelector("[data-testid=limit-row]")!;
        Assert.Equal(("ExerciseSave", "5", "5"), (row.GetAttribute("data-type"), row.GetAttribute("data-counted"), row.GetAttribute("data-limit")));
        Assert.Contains("5 из 5", row.TextContent, StringComparison.Ordinal);
        var text = page.Body!.TextContent;
        Assert.Contains("Прогноз за эту неделю: 1\u00A0584\u00A0STK. Точная сумма станет известна в понедельник после 08:00 UTC.", text, StringComparison.Ordinal);
        Assert.Contains("Дневной лимит исчерпан: 5 из 5. Ещё одно действие сегодня баллов не добавит; лимит обновится в 00:00 (00:00 UTC).", text, StringComparison.Ordinal);
        Assert.Contains("Вы активны 4\u00A0недели подряд: коэффициент 1,1. На следующей неделе будет 1,2.", text, StringComparison.Ordinal);
        Assert.Contains("Осталась 1 сессия", text.Replace('\u00A0', ' '), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, false, false, "Серии пока нет.")]
    [InlineData(3, false, true, "На этой неделе баллов пока нет. Одно засчитанное действие до конца воскресенья (UTC) сохранит серию.")]
    [InlineData(1, true, true, "Серия начинается заново: это 1-я неделя. Заработанное остаётся у вас.")]
    [InlineData(1, true, false, "Это первая неделя серии")]
    public async Task The_streak_says_how_it_stands_and_shames_nobody(int weeks, bool isActive, bool hadRewards, string said)
    {
        var id = $"pg-streak-{weeks}-{isActive}-{hadRewards}";
        var participant = Host.Cluster.Participant(id);
        participant.StreakNow = new(Week, weeks, isActive, 100, 102);
        if (!hadRewards)
        {
            participant.Rewards = [];
        }

        var page = await Browser.SignedIn(Host, id).Page("/");

        Assert.Contains(said, page.QuerySelector("[data-testid=streak-weeks]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_new_is_told_what_will_stand_here()
    {
        var participant = Host.Cluster.Participant("pg-new");
        (participant.Operations, participant.Rewards) = ([], []);
        participant.Holds = new(Amount.Zero, Amount.Zero, Amount.Zero, 0);
        participant.Limits = new(new(2025, 12, 18), Week, [], 0, 0, Amount.Zero);
        var browser = Browser.SignedIn(Host, "pg-new");

        Assert.Equal(
            "Здесь появятся ваши STK. Прочитайте раздел, выполните задание или напишите пост: баллы видны сразу, вознаграждение приходит в понедельник.",
            (await browser.Page("/")).QuerySelector("[data-of=today]")!.TextContent);
        Assert.NotNull((await browser.Page("/history")).QuerySelector("[data-testid=empty][data-of=history]"));
        Assert.NotNull((await browser.Page("/weeks")).QuerySelector("[data-testid=empty][data-of=weeks]"));
    }

    [Theory]
    [InlineData("GetLimits", "week")]
    [InlineData("GetStreak", "streak")]
    [InlineData("GetTransactions", "operations")]
    [InlineData("GetDaily", "balance")]
    [InlineData("GetRewards", "next")]
    public async Task A_part_that_cannot_be_read_is_said_to_be_missing_and_the_rest_is_there(string method, string card)
    {
        var id = $"pg-part-{method}";
        Host.Cluster.Participant(id).Broken[method] = new InvalidOperationException("not now");

        var page = await Browser.SignedIn(Host, id).Page("/");

        Assert.NotNull(page.QuerySelector($"section[aria-labelledby={card}] [data-testid=part-missing]"));
        Assert.Equal("1584.5", PageSamples.Value(page, "balance-total"));
    }

    [Fact]
    public async Task Without_a_balance_the_page_is_a_503_that_says_so()
    {
        Host.Cluster.Participant("pg-503").Broken["GetBalance"] = new InvalidOperationException("not now");

        var answer = await Browser.SignedIn(Host, "pg-503").Get("/");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Equal("text/html", answer.Type);
        var page = Browser.Read(answer);
        Assert.Equal("unavailable", page.QuerySelector("[data-testid=problem]")!.GetAttribute("data-type"));
        Assert.Contains("ничего не списано", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.True(answer.Headers.ContainsKey("Retry-After"));
    }
}

using System.Collections.Immutable;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Stk.ApiHost.Rewards;
using Stk.GrainInterfaces.Participants;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Pages;

/// <summary>What tests of pages look at, and what those pages show.</summary>
internal static class PageSamples
{
    private static readonly DateTimeOffset At = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly WeekId Week = WeekId.OfNumber(202551);

    // What a machine can see of it: names of what is acted on, heads of tables, one label a field, no id twice.
    public static void AssertAccessible(IHtmlDocument page)
    {
        Assert.All(page.QuerySelectorAll("a, button, summary"), one => Assert.False(
            string.IsNullOrWhiteSpace(one.TextContent) && one.GetAttribute("aria-label") is null, one.OuterHtml));
        Assert.All(page.QuerySelectorAll("input:not([type=hidden]), select"), one => Assert.NotNull(one.Closest("label")));
        Assert.All(page.QuerySelectorAll("table"), table => Assert.NotEmpty(table.QuerySelectorAll("th[scope=col]")));
        Assert.All(page.QuerySelectorAll("svg"), one => Assert.False(string.IsNullOrEmpty(one.GetAttribute("aria-label"))));
        Assert.All(page.QuerySelectorAll("[aria-labelledby]"), one => Assert.NotNull(page.GetElementById(one.GetAttribute("aria-labelledby")!)));
        var ids = page.All.Select(one => one.Id).Where(id => !string.IsNullOrEmpty(id)).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        var levels = page.QuerySelectorAll("h1, h2, h3").Select(one => one.LocalName[1] - '0').ToList();
        Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.True(pair.Second - pair.First <= 1));
    }

    public static string? Value(IParentNode page, string name) =>
        page.QuerySelector($"[data-testid={name}]")?.GetAttribute("data-value");

    public static TransactionView Transfer(Amount available, string other) => new(
        Guid.NewGuid(), 7, At, "transfer", "x", available, Amount.Zero, Amount.Zero, other, null, AvailableAfter: Amount.OfStk(5));

    public static WeeklyRewardView Reward(int week, long stk) => new(
        WeekId.OfNumber(week), 3, 4, 960, Amount.OfStk(stk), Amount.OfStk(stk), Amount.Zero, IsSettled: true);

    public static byte[] Report(string? reason = null)
    {
        var statement = new StatementView(
            Week, "ann", 3, "1.5", 4, "1.1", Amount.OfStk(900), Amount.OfStk(9_000), 1,
            [new("ExerciseSave", 12, 9, 3, 100, 900, Amount.OfStk(1_485), 30), new(reason ?? "SectionCompleted", 1, 1, 0, 60, 60, Amount.OfStk(99), 0)],
            960, Amount.OfStk(1_584), Amount.OfStk(99), Amount.OfStk(1_485));
        ImmutableArray<ReportCorrectionView>? corrections = reason is null ? null : [new(2, Amount.OfStk(1), At, reason)];
        return JsonSerializer.SerializeToUtf8Bytes(
            new WeeklyReportView(
                Week, "ann", 1, statement, new(Week.Previous, 640, Amount.OfStk(1_008), []), new(320, Amount.OfStk(576), 57),
                [], [], 1, corrections),
            RewardJson.Default.WeeklyReportView);
    }
}

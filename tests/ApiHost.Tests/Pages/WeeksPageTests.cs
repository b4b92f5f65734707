using System.Net;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Pages;

/// <summary>Closed weeks and the rules, as whoever has no scripts reads them.</summary>
[Collection(ApiCollection.Name)]
public sealed class WeeksPageTests(ApiFixture fixture)
{
    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task A_missed_week_is_a_gap_and_not_a_zero()
    {
        Host.Cluster.Participant("pg-weeks").Rewards = [PageSamples.Reward(202551, 1_584), PageSamples.Reward(202549, 0)];

        var page = await Browser.SignedIn(Host, "pg-weeks").Page("/weeks");

        Assert.Equal(
            ["2025-W51", "2025-W49"],
            page.QuerySelectorAll("[data-testid=week-row]").Select(row => row.GetAttribute("data-week")));
        Assert.Equal(2, page.QuerySelectorAll("[data-chart=rewards] rect").Length);
        Assert.Contains("50-я", page.QuerySelector("[data-testid=missed-weeks]")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("51-я\u00A0неделя, 15–21\u00A0декабря\u00A02025", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_statement_shows_the_documents_example_and_why_each_factor_is_what_it_is()
    {
        Host.Cluster.Statements("pg-week").Report = PageSamples.Report();
        var browser = Browser.SignedIn(Host, "pg-week");

        var page = await browser.Page("/weeks/2025-W51");

        Assert.Equal(("1584", "960"), (PageSamples.Value(page, "statement-reward"), PageSamples.Value(page, "statement-points")));
        Assert.Equal(
            "960 баллов × 1,5 × 1,1 = 1 584 STK",
            page.QuerySelector(".formula")!.TextContent.Replace('\u00A0', ' '));
        Assert.Equal(3, page.QuerySelectorAll("section[aria-labelledby=formula] details").Length);
        Assert.NotNull(page.QuerySelector("[data-testid=fund-factor]"));
        Assert.Contains("разница +576\u00A0STK", page.Body!.TextContent, StringComparison.Ordinal);
        foreach (var (form, type) in new[] { ("pdf", "application/pdf"), ("csv", "text/csv"), ("json", "application/json") })
        {
            Assert.Equal(type, (await browser.Get($"/weeks/2025-W51/statement.{form}")).Type);
        }

        foreach (var path in new[] { "/weeks/2025-W50", "/weeks/nonsense", "/weeks/2025-W51/statement.exe", "/weeks/2025-W50/statement.csv", "/history/nonsense" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(path)).Status);
        }
    }

    [Fact]
    public async Task The_rules_are_for_everybody()
    {
        var page = await new Browser(Host).Page("/rules");

        Assert.Equal(12, page.QuerySelectorAll("[data-testid=rule-row]").Length);
        Assert.Contains("960 баллов × 1,5 × 1,1 = 1 584 STK", page.Body!.TextContent.Replace('\u00A0', ' '), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("[data-testid=sign-out]"));
        Assert.Equal(HttpStatusCode.NotFound, (await new Browser(Host).Get("/rules?version=7")).Status);
    }
}

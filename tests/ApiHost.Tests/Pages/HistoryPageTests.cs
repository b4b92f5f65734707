using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Money;

namespace Stk.ApiHost.Tests.Pages;

/// <summary>What has come and gone, as whoever has no scripts reads it.</summary>
[Collection(ApiCollection.Name)]
public sealed class HistoryPageTests(ApiFixture fixture)
{
    private static readonly DateTimeOffset At = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);

    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task A_person_is_named_without_case_or_gender()
    {
        var participant = Host.Cluster.Participant("pg-named");
        participant.Operations =
        [
            PageSamples.Transfer(Amount.OfStk(-10), "bob"), PageSamples.Transfer(Amount.OfStk(10), "zoe"),
        ];

        var rows = (await Browser.SignedIn(Host, "pg-named").Page("/history")).QuerySelectorAll("[data-testid=tx-row]");

        Assert.Contains("Получатель: bob", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Contains("−10\u00A0STK", rows[0].TextContent, StringComparison.Ordinal);
        Assert.Equal("-10", rows[0].GetAttribute("data-amount"));
        Assert.Contains("Отправитель: zoe", rows[1].TextContent, StringComparison.Ordinal);
        Assert.Contains("+10\u00A0STK", rows[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_filter_stands_in_the_address_and_one_that_cannot_be_read_narrows_nothing()
    {
        var browser = Browser.SignedIn(Host, "pg-filter");
        var participant = Host.Cluster.Participant("pg-filter");

        var page = await browser.Page("/history?kind=transfer&from=2025-12-01&to=2025-12-31");
        var asked = participant.LastPage!;

        Assert.Equal(
            ("transfer", At.AddDays(-21).Date, new DateTime(2026, 1, 1)),
            (asked.Kind, asked.From!.Value.UtcDateTime, asked.Below!.Value.UtcDateTime));
        Assert.Equal("transfer", page.QuerySelector<IHtmlSelectElement>("select[name=kind]")!.Value);
        Assert.Equal("2025-12-31", page.QuerySelector<IHtmlInputElement>("input[name=to]")!.Value);
        foreach (var query in new[] { "kind=nothing", "from=yesterday", "from=2025-12-31&to=2025-12-01", "cursor=bad" })
        {
            var broken = await browser.Page($"/history?{query}");

            Assert.NotNull(broken.QuerySelector("[data-testid=problem]"));
            Assert.NotEmpty(broken.QuerySelectorAll("[data-testid=tx-row]"));
        }
    }

    [Fact]
    public async Task A_spreadsheet_is_given_the_whole_selection_and_no_formula()
    {
        var participant = Host.Cluster.Participant("pg-csv");
        participant.Operations = [PageSamples.Transfer(Amount.OfStk(-10), "=1+1") with { Note = "a \"quoted\"; note" }];

        var answer = await Browser.SignedIn(Host, "pg-csv").Get("/history.csv");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("text/csv", answer.Type);
        Assert.Contains("attachment", answer.Headers["Content-Disposition"], StringComparison.Ordinal);
        var lines = answer.Text.Split("\r\n");
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("время UTC;", lines[0].TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains("'=1+1", lines[1], StringComparison.Ordinal);
        Assert.Contains("\"a \"\"quoted\"\"; note\"", lines[1], StringComparison.Ordinal);
    }
}

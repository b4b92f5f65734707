using System.Net;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Money;

namespace Stk.ApiHost.Tests.Pages;

/// <summary>What holds of every page, as whoever has no scripts reads it.</summary>
[Collection(ApiCollection.Name)]
public sealed class PageTests(ApiFixture fixture)
{
    private const string Hostile = "<script>alert(1)</script>\"><img src=x onerror=alert(1)>\u202Eevil";

    private static readonly DateTimeOffset At = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly string[] Own =
    [
        "/", "/history", "/weeks", "/weeks/2025-W51", "/rules", "/sign-out", Operation, "/frozen", "/activity", "/transfer", TransferCheck,
        "/services", "/services/mentor_session", PurchaseCheck, "/sales",
        "/transfer/0190c2f0-0000-7000-8000-000000000001",
    ];
    private const string TransferCheck =
        "/transfer/check?to=bob&amount=10&note=x&key=0190c2f0-0000-7000-8000-000000000001";
    private const string PurchaseCheck =
        "/services/mentor_session/buy?version=3&price=100&for.mentor=bob&key=0190c2f0-0000-7000-8000-000000000001";
    private const string Operation = "/history/0190c2f0-0000-7000-8000-000000000001";

    private ApiHostUnderTest Host => fixture.Host;

    public static TheoryData<string, string> Pages()
    {
        var pages = new TheoryData<string, string>();
        foreach (var path in Own)
        {
            pages.Add(path, "ru");
            pages.Add(path, "en");
        }

        return pages;
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_whole_in_its_language_and_holds_nothing_inline(string path, string language)
    {
        Host.Cluster.Statements("pg-whole").Report = PageSamples.Report();
        var browser = Browser.SignedIn(Host, "pg-whole", language);

        var answer = await browser.Get(path);
        var page = Browser.Read(answer);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(language, page.DocumentElement.GetAttribute("lang"));
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.Single(page.QuerySelectorAll("main"));
        Assert.NotEmpty(page.Title!);
        Assert.Empty(page.QuerySelectorAll("[style], base, iframe, script:not([src]), style"));
        Assert.DoesNotContain(
            page.All, element => element.Attributes.Any(one => one.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.DoesNotContain("{", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page.Body.TextContent, StringComparison.Ordinal);
        PageSamples.AssertAccessible(page);
        if (language == "en")
        {
            // What the reader is called, and the other language's name, are what they are.
            Assert.DoesNotMatch("[А-Яа-я]", page.QuerySelector("main")!.TextContent + page.QuerySelector("nav")!.TextContent);
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_lets_a_browser_do_nothing_but_what_it_needs(string path, string language)
    {
        Host.Cluster.Statements("pg-whole").Report = PageSamples.Report();
        var headers = (await Browser.SignedIn(Host, "pg-whole", language).Get(path)).Headers;

        var policy = headers["Content-Security-Policy"];
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("require-trusted-types-for 'script'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self'", policy, StringComparison.Ordinal);
        Assert.Equal("same-origin", headers["Referrer-Policy"]);
        Assert.Equal("no-store", headers["Cache-Control"]);
        Assert.Equal("nosniff", headers["X-Content-Type-Options"]);
        Assert.Equal("DENY", headers["X-Frame-Options"]);
    }

    [Fact]
    public async Task What_hangs_over_an_account_is_said_on_every_page()
    {
        Host.Cluster.Participant("pg-state").Standing = new(
            1, "Первокурсник", 100, IsExcluded: true, IsSuspended: true, At, At, IsClockStanding: true, Genesis: null);
        var browser = Browser.SignedIn(Host, "pg-state");
        browser.Keep("stk-zone", "Europe/Moscow");

        foreach (var path in new[] { "/", "/history", "/weeks", "/transfer", "/frozen", "/activity", "/services" })
        {
            var page = await browser.Page(path);

            Assert.NotNull(page.QuerySelector("[data-testid=suspended]"));
            Assert.NotNull(page.QuerySelector("[data-testid=excluded]"));
            Assert.NotNull(page.QuerySelector("[data-testid=before-genesis]"));
            Assert.Equal(
                "Часы экономики стоят: 22 декабря 2025, 11:00.",
                page.QuerySelector("[data-testid=clock]")!.TextContent.Replace('\u00A0', ' '));
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task What_people_write_is_shown_and_never_run(string path, string language)
    {
        var participant = Host.Cluster.Participant("pg-hostile");
        participant.Operations =
        [
            new(Guid.NewGuid(), 7, At, "transfer", "x", Amount.OfStk(-1), Amount.Zero, Amount.Zero, Hostile, Hostile, Hostile),
        ];
        Host.Cluster.Statements("pg-hostile").Report = PageSamples.Report(Hostile);
        participant.Standing = new(1, Hostile, 100, false, false, At, At, false, At);

        var page = await Browser.SignedIn(Host, "pg-hostile", language).Page(path);

        Assert.Empty(page.QuerySelectorAll("img, script:not([src])"));
        if (path is "/" or "/history")
        {
            Assert.Contains(page.QuerySelectorAll("bdi"), one => one.TextContent.Contains(Hostile, StringComparison.Ordinal));
        }
    }
}

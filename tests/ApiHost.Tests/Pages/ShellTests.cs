using System.Net;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Pages;

/// <summary>What every page stands in: errors, choices, assets.</summary>
[Collection(ApiCollection.Name)]
public sealed class ShellTests(ApiFixture fixture)
{
    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task A_browser_is_shown_a_page_where_there_is_nothing_and_a_program_a_problem()
    {
        var browser = new Browser(Host);
        browser.Keep("stk-lang", "en");

        var page = await browser.Get("/nothing");

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (page.Status, page.Type));
        Assert.Equal("en", Browser.Read(page).DocumentElement.GetAttribute("lang"));
        Assert.Matches("Request: [0-9a-f]{32}", page.Text);
        (await browser.Get("/nothing", accept: "application/json")).Problem(404, "not-found");
        (await browser.Get("/nothing", accept: null)).Problem(404, "not-found");
        (await browser.Get(ApiHostUnderTest.Root + "/nothing")).Problem(404, "not-found");
    }

    [Fact]
    public async Task A_choice_of_language_or_look_is_kept_and_comes_back()
    {
        var browser = new Browser(Host);

        var chosen = await browser.Post("/view", ("language", "en"), ("return", "/rules?version=1"));
        await browser.Post("/view", ("theme", "dark"), ("return", "//elsewhere.example"));

        Assert.Equal("/rules?version=1", chosen.Headers["Location"]);
        var page = await browser.Page("/rules");
        Assert.Equal(("en", "dark"), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("data-theme")));
        Assert.Equal("true", page.QuerySelector("[data-testid=lang-en]")!.GetAttribute("aria-pressed"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostFrom("cross-site", "/view", ("language", "ru"))).Status);
        await browser.Post("/view", ("theme", "pink"), ("language", "xx"));
        Assert.Equal(("en", "dark"), (browser.Cookies["stk-lang"], browser.Cookies["stk-theme"]));
    }

    [Fact]
    public async Task Assets_have_their_content_in_their_address_and_are_kept()
    {
        var browser = new Browser(Host);
        var page = await browser.Page("/rules");
        string[] addresses =
        [
            page.QuerySelector("link[rel=stylesheet]")!.GetAttribute("href")!, page.QuerySelector("script")!.GetAttribute("src")!,
            page.QuerySelector("link[rel=icon]")!.GetAttribute("href")!,
        ];

        foreach (var address in addresses)
        {
            Assert.Matches("^/assets/[a-z]+\\.[0-9a-f]{12}\\.[a-z]+$", address);
            var answer = await browser.Get(address);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Contains("immutable", answer.Headers["Cache-Control"], StringComparison.Ordinal);
            var packed = await Host.Send(HttpMethod.Get, address, headers: ("Accept-Encoding", "gzip, br"));
            Assert.Equal("br", packed.Headers["Content-Encoding"]);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/assets/cabinet.000000000000.css")).Status);
    }

    [Fact]
    public async Task The_first_load_is_light()
    {
        var browser = Browser.SignedIn(Host, "pg-light");
        var answer = await browser.Get("/");
        var page = Browser.Read(answer);
        var size = System.Text.Encoding.UTF8.GetByteCount(answer.Text);
        var scripts = 0;
        foreach (var address in page.QuerySelectorAll("link[rel=stylesheet], script").Select(
            one => one.GetAttribute("href") ?? one.GetAttribute("src")!))
        {
            var sent = int.Parse(
                (await Host.Send(HttpMethod.Head, address, headers: ("Accept-Encoding", "br"))).Headers["Content-Length"],
                System.Globalization.CultureInfo.InvariantCulture);
            size += sent;
            scripts += address.EndsWith(".js", StringComparison.Ordinal) ? sent : 0;
        }

        Assert.InRange(size, 1, 40 * 1024);
        Assert.InRange(scripts, 1, 8 * 1024);
    }
}

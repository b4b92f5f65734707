using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Stk.ApiHost.Sessions;
using Stk.ApiHost.Tests.Authentication;
using Stk.ApiHost.Tests.Hosting;
using Stk.Hosting.Certificates;

namespace Stk.ApiHost.Tests.Pages;

[Collection(ApiCollection.Name)]
public sealed class SessionTests(ApiFixture fixture)
{
    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task A_link_signs_in_once_and_comes_back_to_where_one_was()
    {
        var browser = new Browser(Host);
        var code = Host.Keys.PagesCode("ps-ann");

        var first = await browser.Get($"/sign-in/link?code={code}&return=%2Fweeks%3Fcursor%3Dx");

        Assert.Equal(HttpStatusCode.SeeOther, first.Status);
        Assert.Equal("/weeks?cursor=x", first.Headers["Location"]);
        var cookie = first.Headers["Set-Cookie"];
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/;", cookie + ";", StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/")).Status);
        Assert.Equal(browser.Session, Host.Cluster.Tokens["ps-ann"]);

        var again = await new Browser(Host).Get($"/sign-in/link?code={code}");
        Assert.Equal(HttpStatusCode.Unauthorized, again.Status);
        Assert.Equal("sign-in-code-invalid", Browser.Read(again).QuerySelector("[data-testid=problem]")!.GetAttribute("data-type"));
        Assert.False(again.Headers.ContainsKey("Set-Cookie"));
    }

    [Fact]
    public async Task A_new_sign_in_has_a_new_session_and_ends_the_one_before()
    {
        var browser = new Browser(Host);
        await browser.Get($"/sign-in/link?code={Host.Keys.PagesCode("ps-again")}");
        var before = browser.Session!;

        await browser.Get($"/sign-in/link?code={Host.Keys.PagesCode("ps-again")}");

        Assert.NotEqual(before, browser.Session);
        Assert.Null(await Host.Cluster.Sessions.Find(before, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_no_code_of_the_pages_signs_nobody_in()
    {
        using var others = new TestKeys();
        foreach (var query in new[]
        {
            "", "?code=", "?code=garbage", $"?code={Host.Keys.Code()}", $"?code={Host.Keys.Token("participant")}",
            $"?code={Host.Keys.PagesCode(lifetime: TimeSpan.FromSeconds(-31))}", $"?code={others.PagesCode()}",
            $"?code={Host.Keys.Sign(new() { ["sub"] = "ann", ["use"] = "pages" })}",
            $"?code={Host.Keys.PagesCode()}&code={Host.Keys.PagesCode()}",
        })
        {
            var browser = new Browser(Host);

            Assert.Equal(HttpStatusCode.Unauthorized, (await browser.Get($"/sign-in/link{query}")).Status);
            Assert.Null(browser.Session);
        }

        // And one of the pages opens no dashboard.
        (await Host.Get($"/ops/sign-in?code={Host.Keys.PagesCode()}")).Problem(401, "sign-in-code-invalid");
    }

    [Theory]
    [InlineData("//elsewhere.example/x")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("https://elsewhere.example/")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/a\nb")]
    [InlineData("/sign-out")]
    [InlineData("")]
    public async Task A_sign_in_leads_nowhere_else(string back)
    {
        var answer = await new Browser(Host).Get(
            $"/sign-in/link?code={Host.Keys.PagesCode()}&return={Uri.EscapeDataString(back)}");

        Assert.Equal("/", answer.Headers["Location"]);
    }

    [Fact]
    public async Task Without_a_session_a_page_leads_to_the_sign_in_and_back()
    {
        foreach (var (path, back) in new[]
        {
            ("/", "%2F"), ("/history?kind=transfer", "%2Fhistory%3Fkind%3Dtransfer"), ("/weeks/2025-W51", "%2Fweeks%2F2025-W51"),
        })
        {
            var answer = await new Browser(Host).Get(path);

            Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
            Assert.Equal($"/sign-in?return={back}", answer.Headers["Location"]);
        }
    }

    [Fact]
    public async Task A_session_that_has_ended_says_so()
    {
        var browser = Browser.SignedIn(Host, "ps-ended");
        await Host.Cluster.Sessions.End(browser.Session!, CancellationToken.None);

        var answer = await browser.Get("/history");

        Assert.Equal("/sign-in?return=%2Fhistory&ended=true", answer.Headers["Location"]);
        Assert.Equal(
            "Сеанс завершён. Войдите ещё раз: введённое сохранено.",
            (await browser.Page(answer.Headers["Location"])).QuerySelector("[data-testid=session-ended]")!.TextContent.Trim());
    }

    [Fact]
    public async Task Whoever_signs_in_again_is_where_the_session_ended_with_what_was_typed()
    {
        var browser = Browser.SignedIn(Host, "ps-back");
        var form = await browser.FormToken();
        await Host.Cluster.Sessions.End(browser.Session!, CancellationToken.None);

        var ended = await browser.Post("/transfer", ("form", form), ("to", "bob"), ("amount", "1,5"), ("note", "за обед"));
        await browser.Page(ended.Headers["Location"]);
        var back = (await browser.Get($"/sign-in/link?code={Host.Keys.PagesCode("ps-back")}")).Headers["Location"];
        browser.Keep("stk-return", "%2F%2Felsewhere.example");
        var elsewhere = await browser.Get($"/sign-in/link?code={Host.Keys.PagesCode("ps-back")}");

        Assert.StartsWith("/transfer?", back, StringComparison.Ordinal);
        var page = await browser.Page(back);
        Assert.Equal(
            ["bob", "1,5", "за обед"],
            page.QuerySelectorAll("form.form input:not([type=hidden])").Select(one => one.GetAttribute("value")));
        Assert.Equal("/", elsewhere.Headers["Location"]);
    }

    [Fact]
    public async Task A_session_that_ends_while_its_page_is_made_is_no_error()
    {
        var browser = Browser.SignedIn(Host, "ps-meanwhile");
        Host.Cluster.Participant("ps-meanwhile").Broken["GetTransactions"] =
            new GrainInterfaces.Callers.CallRefusedException(GrainInterfaces.Callers.CallRefusal.NotProven, "its session is not good");

        foreach (var path in new[] { "/", "/history" })
        {
            var answer = await browser.Get(path);

            Assert.Equal(HttpStatusCode.SeeOther, answer.Status);
            Assert.StartsWith("/sign-in?", answer.Headers["Location"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_cookie_opens_no_API_and_a_token_no_page()
    {
        var browser = Browser.SignedIn(Host, "ps-both");

        (await Host.Send(
            HttpMethod.Get, ApiHostUnderTest.Root + "/balance",
            headers: ("Cookie", string.Join("; ", browser.Cookies.Select(pair => $"{pair.Key}={pair.Value}")))))
            .Problem(401, "token-missing");
        (await Host.Get(ApiHostUnderTest.Root + "/balance", browser.Session)).Problem(401, "token-invalid");
        Assert.Equal(HttpStatusCode.SeeOther, (await Host.Get("/", Host.Keys.Token("participant"))).Status);
    }

    [Fact]
    public async Task A_form_without_our_token_with_anothers_or_from_elsewhere_does_nothing()
    {
        var browser = Browser.SignedIn(Host, "ps-form");
        var mine = await browser.FormToken();
        var others = await Browser.SignedIn(Host, "ps-form-other").FormToken();

        foreach (var answer in new[]
        {
            await browser.Post("/sign-out"), await browser.Post("/sign-out", ("form", "")),
            await browser.Post("/sign-out", ("form", others)), await browser.PostFrom("cross-site", "/sign-out", ("form", mine)),
            await browser.PostFrom("same-site", "/sign-out", ("form", mine)), await browser.PostFrom(null, "/sign-out", ("form", mine)),
        })
        {
            Assert.Equal(HttpStatusCode.Forbidden, answer.Status);
            Assert.Equal("form-not-ours", Browser.Read(answer).QuerySelector("[data-testid=problem]")!.GetAttribute("data-type"));
        }

        Assert.NotNull(await Host.Cluster.Sessions.Find(browser.Session!, CancellationToken.None));
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_has_its_cookie_and_no_other()
    {
        var (browser, other) = (Browser.SignedIn(Host, "ps-out"), Browser.SignedIn(Host, "ps-out"));
        var secret = browser.Session!;

        var answer = await browser.Post("/sign-out", ("form", await browser.FormToken()));

        Assert.Equal("/sign-in?out=true", answer.Headers["Location"]);
        Assert.Null(browser.Session);
        Assert.Null(await Host.Cluster.Sessions.Find(secret, CancellationToken.None));
        Assert.Equal(HttpStatusCode.OK, (await other.Get("/")).Status);
    }

    [Fact]
    public async Task All_sessions_end_together()
    {
        var (browser, other) = (Browser.SignedIn(Host, "ps-all"), Browser.SignedIn(Host, "ps-all"));

        await browser.Post("/sign-out", ("form", await browser.FormToken()), ("all", "true"));

        Assert.Equal(HttpStatusCode.SeeOther, (await other.Get("/")).Status);
    }

    [Fact]
    public async Task Two_economies_cookies_have_two_names()
    {
        await using var other = await ApiHostUnderTest.Start(new TestKeys("development-other"));

        Assert.NotEqual(
            Browser.SignedIn(Host, "ps-x").Cookies.Keys.First(), Browser.SignedIn(other, "ps-x").Cookies.Keys.First());
    }

    [Fact]
    public async Task Production_knows_no_link_and_no_page_behind_it()
    {
        using var keys = new TestKeys("stk-2025");
        using var certificates = new TestCertificates();
        await using var host = await ApiHostUnderTest.Start(
            keys, ["--environment=Production", .. certificates.Settings(HostRole.Api)]);

        foreach (var path in new[] { $"/sign-in/link?code={keys.PagesCode()}", "/sign-in", "/", "/history", "/sign-out" })
        {
            (await host.Get(path)).Problem(404, "not-found");
        }

        Assert.Equal(HttpStatusCode.OK, (await host.Get("/rules")).Status);
        Assert.StartsWith("__Host-", host.Services.GetRequiredService<SessionCookie>().Name, StringComparison.Ordinal);
    }
}

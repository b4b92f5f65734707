using System.Net;
using Stk.ApiHost.Tests.Authentication;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Operators;

[Collection(ApiCollection.Name)]
public sealed class SignInTests(ApiFixture fixture)
{
    private const string Dashboard = "/ops/orleans/";

    public static TheoryData<string> DashboardAddresses() =>
        [Dashboard, "/ops/orleans", "/ops/orleans/index.html", "/ops/orleans/DashboardCounters", "/ops/orleans/Trace", "/ops/orleans/GrainState"];

    [Theory]
    [MemberData(nameof(DashboardAddresses))]
    public async Task The_dashboard_answers_401_to_strangers_and_403_to_all_but_operators(string address)
    {
        var host = fixture.Host;

        (await host.Get(address)).Problem(401, "token-missing");
        (await host.Get(address, host.Keys.Code())).Problem(401, "token-invalid");
        foreach (var role in new[] { "participant", "auditor", "ingest" })
        {
            (await host.Get(address, host.Keys.Token(role))).Problem(403, "forbidden");
        }
    }

    [Fact]
    public async Task The_dashboard_opens_to_an_operators_token()
    {
        var host = fixture.Host;

        var page = await host.Get(Dashboard, host.Keys.Token("operator"));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("text/html", page.Type);
    }

    [Fact]
    public async Task A_code_gives_a_cookie_that_opens_the_dashboard_and_not_the_API()
    {
        var host = fixture.Host;

        var signedIn = await host.Get($"/ops/sign-in?code={host.Keys.Code()}");

        Assert.Equal(HttpStatusCode.Redirect, signedIn.Status);
        Assert.Equal(Dashboard, signedIn.Headers["Location"]);
        var cookie = signedIn.Headers["Set-Cookie"];
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/ops", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(HttpStatusCode.OK, await StatusWith(host, cookie, Dashboard));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusWith(host, cookie, ApiHostUnderTest.Root + "/admin/totals"));
        Assert.Equal(
            HttpStatusCode.Unauthorized,
            await StatusWith(host, cookie.Replace("=C", "=D", StringComparison.Ordinal), Dashboard));
    }

    [Fact]
    public async Task A_code_is_good_once()
    {
        var host = fixture.Host;
        var code = host.Keys.Code();

        Assert.Equal(HttpStatusCode.Redirect, (await host.Get($"/ops/sign-in?code={code}")).Status);
        var again = await host.Get($"/ops/sign-in?code={code}");

        again.Problem(401, "sign-in-code-invalid");
        Assert.False(again.Headers.ContainsKey("Set-Cookie"));
    }

    [Fact]
    public async Task What_is_no_code_in_force_signs_nobody_in()
    {
        var host = fixture.Host;
        using var others = new TestKeys();
        string[] addresses =
        [
            "/ops/sign-in",
            "/ops/sign-in?code=",
            "/ops/sign-in?code=garbage",
            $"/ops/sign-in?code={host.Keys.Code(TimeSpan.FromSeconds(-31))}",
            $"/ops/sign-in?code={host.Keys.Token("operator")}",
            $"/ops/sign-in?code={others.Code()}",
            $"/ops/sign-in?code={host.Keys.Sign(new() { ["sub"] = "olga", ["use"] = "sign-in" })}",
            $"/ops/sign-in?code={host.Keys.Code()}&code={host.Keys.Code()}",
        ];

        foreach (var address in addresses)
        {
            (await host.Get(address)).Problem(401, "sign-in-code-invalid");
        }
    }

    [Fact]
    public async Task A_cookie_outlives_a_restart_where_the_host_has_a_directory()
    {
        using var keys = new TestKeys();
        var directory = Directory.CreateTempSubdirectory("stk-api-");
        try
        {
            string cookie;
            await using (var first = await ApiHostUnderTest.Start(keys, $"--Stk:DataDirectory={directory.FullName}"))
            {
                cookie = (await first.Get($"/ops/sign-in?code={keys.Code()}")).Headers["Set-Cookie"];
            }

            await using var second = await ApiHostUnderTest.Start(keys, $"--Stk:DataDirectory={directory.FullName}");
            // The register outlives it too.
            second.Cluster.Operators.Enter("olga", "operator");
            Assert.Equal(HttpStatusCode.OK, await StatusWith(second, cookie, Dashboard));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(
                    UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
                    File.GetUnixFileMode(Path.Combine(directory.FullName, "data-protection")));
            }
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Signing_out_ends_the_session_for_whoever_has_its_cookie()
    {
        var host = fixture.Host;
        var code = host.Keys.Code(id: "so-code");
        var cookie = (await host.Get($"/ops/sign-in?code={code}")).Headers["Set-Cookie"];
        var other = (await host.Get($"/ops/sign-in?code={host.Keys.Code()}")).Headers["Set-Cookie"];
        Assert.Equal(HttpStatusCode.OK, await StatusWith(host, cookie, "/ops/sign-out"));

        Assert.Equal(HttpStatusCode.OK, await StatusWith(host, cookie, "/ops/sign-out", HttpMethod.Post));

        Assert.Single(host.Cluster.Revocations.SignedOut, ended => ended == ("so-code", "olga"));
        await Eventually.True(
            async () => await StatusWith(host, cookie, Dashboard) == HttpStatusCode.Unauthorized, "the session has ended");
        Assert.Equal(HttpStatusCode.OK, await StatusWith(host, other, Dashboard));
        (await host.Send(HttpMethod.Post, "/ops/sign-out", host.Keys.Token("operator"))).Problem(401, "token-invalid");
    }

    [Fact]
    public async Task Who_is_no_operator_any_more_can_sign_out_and_nothing_else()
    {
        await using var host = await ApiHostUnderTest.Start();
        var cookie = (await host.Get($"/ops/sign-in?code={host.Keys.Code(id: "left-code")}")).Headers["Set-Cookie"];
        host.Cluster.Operators.End("olga", "operator");
        await Eventually.True(
            async () => await StatusWith(host, cookie, Dashboard) == HttpStatusCode.Forbidden, "the entry has ended");

        Assert.Equal(HttpStatusCode.OK, await StatusWith(host, cookie, "/ops/sign-out", HttpMethod.Post));

        Assert.Single(host.Cluster.Revocations.SignedOut, ended => ended == ("left-code", "olga"));
    }

    private static async Task<HttpStatusCode> StatusWith(
        ApiHostUnderTest host, string setCookie, string address, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        request.Headers.Add("Cookie", setCookie.Split(';')[0]);
        using var response = await host.Client.SendAsync(request);
        return response.StatusCode;
    }
}

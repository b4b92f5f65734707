namespace Stk.EndToEnd.Operators;

[Collection(ClubCollection.Name)]
public sealed class DashboardTests(ClubEconomy club)
{
    private const string Dashboard = "/ops/orleans/";

    private Economy Economy => club.Economy;

    [Fact]
    public async Task The_link_opens_the_dashboard_once()
    {
        var link = (await Economy.Stk("up")).Done().Lines[^1];
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new() })
        {
            BaseAddress = Economy.Address,
        };

        using var signedIn = await browser.GetAsync(link);
        var page = await Answer.Of(await browser.GetAsync(Dashboard));
        var counters = await Answer.Of(await browser.GetAsync(Dashboard + "DashboardCounters"));
        var again = await Economy.Anonymous.Get(new Uri(link).PathAndQuery);

        Assert.Equal((HttpStatusCode.Redirect, Dashboard), (signedIn.StatusCode, signedIn.Headers.Location?.ToString()));
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.Type));
        Assert.Equal("Active", counters.Json.GetProperty("hosts")[0].GetProperty("status").GetString());
        again.Problem(HttpStatusCode.Unauthorized, "sign-in-code-invalid");
        Assert.False(again.Headers.ContainsKey("Set-Cookie"));
    }

    [Theory, InlineData(""), InlineData("DashboardCounters"), InlineData("ClusterStats"), InlineData("Reminders/1"), InlineData("index.min.js")]
    public async Task The_dashboard_is_for_operators_alone(string path)
    {
        var ann = await Economy.Participant("ann");
        var operators = await Economy.Operator();

        Assert.Equal(HttpStatusCode.Unauthorized, (await Economy.Anonymous.Get(Dashboard + path)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await ann.Get(Dashboard + path)).Status);
        Assert.Equal(HttpStatusCode.OK, (await operators.Get(Dashboard + path)).Status);
    }

    [Fact]
    public async Task A_code_is_no_token()
    {
        var code = (await Economy.Stk("up")).Done().Lines[^1].Split("code=")[1];
        using var http = new HttpClient { BaseAddress = Economy.Address };

        Assert.Equal(HttpStatusCode.Unauthorized, (await new ApiClient(http, code).Get("stats/supply")).Status);
    }
}

using System.Net;
using Stk.Hosting;

namespace Stk.ApiHost.Tests.Hosting;

/// <summary>Rate limits and cross-origin calls: off until configured, and then as configured.</summary>
public sealed class LimitTests
{
    private const string Balance = ApiHostUnderTest.Root + "/balance";

    [Fact]
    public async Task Past_its_rate_a_token_is_told_to_wait_and_another_is_not()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:RateLimits:RequestsPerSecond=1", "--Stk:RateLimits:Burst=2");
        var ann = host.Keys.Token("participant", "ann");

        var answers = new List<Answer>();
        for (var i = 0; i < 10; i++)
        {
            answers.Add(await host.Get(Balance, ann));
        }

        var limited = answers.First(answer => answer.Status == HttpStatusCode.TooManyRequests);
        limited.Problem(429, "rate-limited");
        Assert.True(int.Parse(limited.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture) >= 1);
        Assert.Equal(HttpStatusCode.OK, answers[0].Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get(Balance, host.Keys.Token("participant", "bob"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.Get("/health/live")).Status);
    }

    [Fact]
    public async Task A_host_that_has_stopped_is_let_go()
    {
        var services = await StopOne();

        await Eventually.True(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                return !services.IsAlive;
            },
            "nothing holds the services of a host that has stopped");
    }

    [Fact]
    public async Task Without_a_configured_rate_nobody_is_limited()
    {
        await using var host = await ApiHostUnderTest.Start();
        var ann = host.Keys.Token("participant", "ann");

        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await host.Get(Balance, ann)).Status);
        }
    }

    [Theory]
    [InlineData("https://club.example", "https://club.example")]
    [InlineData("https://other.example", null)]
    public async Task Only_a_configured_origin_may_call_from_its_pages(string origin, string? allowed)
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Cors:Origins:0=https://club.example");
        using var preflight = new HttpRequestMessage(HttpMethod.Options, Balance)
        {
            Headers =
            {
                { "Origin", origin },
                { "Access-Control-Request-Method", "GET" },
                { "Access-Control-Request-Headers", "authorization" },
            },
        };

        using var response = await host.Client.SendAsync(preflight);

        var header = response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
        Assert.Equal(allowed, header);
        Assert.False(response.Headers.Contains("Access-Control-Allow-Credentials"));
    }

    [Fact]
    public async Task A_page_may_send_the_headers_that_writes_need_and_read_those_that_answers_have()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Cors:Origins:0=https://club.example");
        const string Sent = "authorization,content-type,idempotency-key,if-match,if-none-match,last-event-id,stk-sequence";

        var preflight = await host.Send(
            HttpMethod.Options, Balance, headers:
            [
                ("Origin", "https://club.example"), ("Access-Control-Request-Method", "PUT"),
                ("Access-Control-Request-Headers", Sent),
            ]);
        var read = await host.Send(
            HttpMethod.Get, Balance, host.Keys.Token("participant", "ann"), headers: ("Origin", "https://club.example"));

        var allowed = preflight.Headers["Access-Control-Allow-Headers"].ToLowerInvariant().Split(',').Select(name => name.Trim());
        Assert.Empty(Sent.Split(',').Except(allowed));
        var exposed = read.Headers["Access-Control-Expose-Headers"].Split(',').Select(name => name.Trim());
        Assert.Empty(new[] { "ETag", "Stk-Sequence", "Idempotency-Replayed", "Location", "Retry-After" }.Except(exposed));
    }

    [Fact]
    public async Task A_star_is_no_origin_and_the_host_does_not_start_with_it()
    {
        var refused = await Assert.ThrowsAsync<RefusedToStartException>(() => ApiHostUnderTest.Start("--Stk:Cors:Origins:0=*"));
        Assert.Contains("Stk:Cors:Origins", refused.Message, StringComparison.Ordinal);
    }

    // In a method of its own, whose variables are gone with it.
    private static async Task<WeakReference> StopOne()
    {
        await using var host = await ApiHostUnderTest.Start();
        await host.Get(Balance, host.Keys.Token("participant", "ann"));
        return new(host.Services);
    }
}

using System.Net;
using System.Text;
using Stk.ApiHost.Tests.Authentication;
using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;
using Stk.Hosting.Certificates;

namespace Stk.ApiHost.Tests.Operators;

[Collection(ApiCollection.Name)]
public sealed class AdminTests(ApiFixture fixture)
{
    private const string Root = ApiHostUnderTest.Root;

    [Fact]
    public async Task Moving_the_clock_answers_202_and_its_address_shows_where_it_stands()
    {
        await using var host = await ApiHostUnderTest.Start();
        var moved = await Send(host, HttpMethod.Post, "/admin/clock", """{"now":"2025-12-23T02:00:00+02:00"}""");

        Assert.Equal(HttpStatusCode.Accepted, moved.Status);
        Assert.Equal(
            """{"now":"2025-12-23T00:00:00+00:00","reached":"2025-12-22T00:00:00+00:00","doing":null,"manual":true,"standing":true,"waiting":null,"pausedBecause":null,"genesis":null}""",
            moved.Text);
        Assert.Equal(moved.Text, (await host.Get(moved.Headers["Location"], host.Keys.Token("auditor"))).Text);
    }

    [Fact]
    public async Task More_than_a_year_ahead_is_moved_where_it_is_meant_and_a_move_can_be_stopped()
    {
        await using var host = await ApiHostUnderTest.Start();

        (await Send(host, HttpMethod.Post, "/admin/clock", """{"now":"2998-12-23T00:00:00Z"}""")).Problem(409, "clock-too-far");
        Assert.Equal(
            HttpStatusCode.Accepted,
            (await Send(host, HttpMethod.Post, "/admin/clock", """{"now":"2998-12-23T00:00:00Z","force":true}""")).Status);
        var stopped = await Send(host, HttpMethod.Post, "/admin/clock/stop", """{"reason":"a digit too many"}""");

        Assert.Equal(HttpStatusCode.Accepted, stopped.Status);
        Assert.Equal("2025-12-22T00:00:00+00:00", stopped.Json.GetProperty("now").GetString());
        Assert.Equal(["reason"], (await Send(host, HttpMethod.Post, "/admin/clock/stop", "{}")).Problem(400, "invalid-request"));
        host.Cluster.Schedule.IsManual = false;
        (await Send(host, HttpMethod.Post, "/admin/clock/stop", """{"reason":"?"}""")).Problem(404, "not-found");
    }

    [Fact]
    public async Task A_clock_that_is_the_hosts_cannot_be_moved()
    {
        await using var host = await ApiHostUnderTest.Start();
        host.Cluster.Schedule.IsManual = false;

        (await Send(host, HttpMethod.Post, "/admin/clock", """{"now":"2025-12-23T00:00:00Z"}""")).Problem(404, "not-found");
    }

    [Fact]
    public async Task In_Production_there_is_no_clock_to_move()
    {
        using var keys = new TestKeys("stk-2025");
        using var certificates = new TestCertificates();
        await using var host = await ApiHostUnderTest.Start(
            keys, ["--environment=Production", .. certificates.Settings(HostRole.Api)]);
        host.Cluster.Operators.Enter("olga", "operator");
        host.Cluster.Operators.Enter("ann", "auditor");

        (await Send(host, HttpMethod.Post, "/admin/clock", """{"now":"2025-12-23T00:00:00Z"}""")).Problem(404, "not-found");
        Assert.Equal(HttpStatusCode.OK, (await host.Get($"{Root}/admin/clock", keys.Token("auditor"))).Status);
    }

    [Theory]
    [InlineData("PUT", "/admin/sources/club", """{"completeTo":null,"required":false}""")]
    [InlineData("POST", "/admin/clock", """{"now":"2025-12-23T00:00:00Z"}""")]
    [InlineData("POST", "/admin/clock/stop", """{"reason":"enough"}""")]
    [InlineData("POST", "/admin/schedule/resume", """{"reason":"is right"}""")]
    [InlineData("POST", "/admin/weeks/2025-W52/close", "{}")]
    public async Task Whom_the_silo_does_not_find_in_the_register_is_told_so(string method, string path, string body)
    {
        await using var host = await ApiHostUnderTest.Start();

        (await host.Write(method, path, host.Keys.Token("operator", FakeOperators.GoneInTheSilo), body))
            .Problem(403, "operator-unknown");
    }

    [Fact]
    public async Task A_change_of_a_participant_names_the_operator_and_is_sent_once()
    {
        var host = fixture.Host;
        const string Id = "https://club.example/ann?x=1&y=2";
        var path = $"/admin/participants?id={Uri.EscapeDataString(Id)}";

        var done = await Send(host, HttpMethod.Put, path, """{"level":5,"excluded":true,"reason":"staff"}""");
        host.Cluster.Participant(Id).Deaths.Enqueue(new SiloUnavailableException("dead"));
        var lost = await Send(host, HttpMethod.Put, path, """{"excluded":false,"reason":"left"}""");

        Assert.Equal(5, done.Json.GetProperty("level").GetInt32());
        lost.Problem(503, "outcome-unknown");
        Assert.Equal(
            [new(5, true, "staff", "olga"), new(null, false, "left", "olga")], host.Cluster.Participant(Id).Changes);
    }

    [Fact]
    public async Task A_null_takes_an_operators_word_back_and_what_is_absent_is_left()
    {
        var host = fixture.Host;
        const string Path = "/admin/participants?id=taken-ann";

        await Send(host, HttpMethod.Put, Path, """{"level":null,"reason":"the school knows better"}""");
        await Send(host, HttpMethod.Put, Path, """{"level":3,"excluded":null,"reason":"has left"}""");

        Assert.Equal(
            [
                new(null, null, "the school knows better", "olga", TakesBackLevel: true),
                new(3, null, "has left", "olga", TakesBackExclusion: true),
            ],
            host.Cluster.Participant("taken-ann").Changes);
    }

    [Fact]
    public async Task A_watermark_is_kept_by_its_sources_name()
    {
        var host = fixture.Host;

        var put = await Send(
            host, HttpMethod.Put, "/admin/sources/my%20club", """{"completeTo":"2025-12-22T03:00:00+03:00","required":true}""");

        Assert.StartsWith(
            """{"name":"my club","completeTo":"2025-12-22T00:00:00+00:00","required":true,"kind":"push",""", put.Text,
            StringComparison.Ordinal);
        Assert.Equal(put.Text, (await host.Get($"{Root}/admin/sources/my%20club", host.Keys.Token("auditor"))).Text);
    }

    [Fact]
    public async Task Rule_books_show_their_documents_and_a_proposed_one_waits()
    {
        var host = fixture.Host;

        var all = await host.Get($"{Root}/admin/rules", host.Keys.Token("auditor"));
        var added = await Send(
            host, HttpMethod.Post, "/admin/rules", """{"effectiveFrom":"2026-W10","document":{"version":2}}""");

        Assert.Equal(
            50, all.Json.GetProperty("versions")[0].GetProperty("document").GetProperty("activities")[0].GetProperty("weight").GetInt32());
        Assert.Equal(HttpStatusCode.Accepted, added.Status);
        var id = added.Json.GetProperty("id").GetGuid();
        Assert.Equal($"{Root}/admin/approvals/{id}", added.Headers["Location"]);
        Assert.Equal(
            $$$"""{"id":"{{{id}}}","kind":"rules.announce","state":"waiting","askedBy":"olga","askedAt":"2025-12-22T08:00:00+00:00","reason":"not given","act":{"version":3},"expiresAt":"2026-01-05T08:00:00+00:00","decidedAt":null,"decidedBy":null,"decidedReason":null,"note":null}""",
            added.Text);
    }

    [Fact]
    public async Task Totals_are_by_outcome_and_by_source_and_outcome()
    {
        var host = fixture.Host;

        var totals = (await host.Get($"{Root}/admin/totals", host.Keys.Token("operator"))).Json;

        Assert.Equal("""{"counted":7,"late":1}""", totals.GetProperty("outcomes").GetRawText());
        Assert.Equal(
            """{"club":{"counted":2},"replay":{"counted":5,"late":1}}""", totals.GetProperty("sources").GetRawText());
    }

    private static async Task<Answer> Send(ApiHostUnderTest host, HttpMethod method, string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return await host.Send(method, Root + path, host.Keys.Token("operator", "olga"), content);
    }
}

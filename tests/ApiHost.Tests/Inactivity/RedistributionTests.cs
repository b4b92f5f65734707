using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Inactivity;

namespace Stk.ApiHost.Tests.Inactivity;

[Collection(ApiCollection.Name)]
public sealed class RedistributionTests(ApiFixture fixture)
{
    private const string Root = ApiHostUnderTest.Root;
    private const string Text = """{"text":"I was ill"}""";
    private const string Accepted = """{"accepted":true,"reason":"ok"}""";

    private ApiHostUnderTest Host => fixture.Host;

    private string Olga => Host.Keys.Token("operator", "in-olga");

    [Fact]
    public async Task A_quarter_is_read_whole_by_participant_and_by_what_was_given_back()
    {
        var report = await Host.Get($"{Root}/admin/quarters/2026-Q1/redistribution", Olga);
        Assert.Equal(
            ("2026-Q1", "5", "charged"),
            (report.Json.GetProperty("quarter").GetString(), report.Json.GetProperty("amount").GetString(),
                report.Json.GetProperty("byOutcome")[0].GetProperty("outcome").GetString()));
        Assert.Equal("user_id\r\n", (await Host.Get($"{Root}/admin/quarters/2026-Q1/redistribution.csv", Olga)).Text);
        Assert.Equal("week\r\n", (await Host.Get($"{Root}/admin/quarters/2026-Q1/restorations.csv", Olga)).Text);
        Assert.Equal(
            "2026-Q2",
            (await Host.Get($"{Root}/admin/quarters/2026-Q2/redistribution?preview=true", Olga))
                .Json.GetProperty("quarter").GetString());
    }

    [Theory]
    [InlineData("/admin/quarters/2026-Q2/redistribution", 404, "quarter-not-begun")]
    [InlineData("/admin/quarters/2026-Q2/redistribution.csv", 404, "quarter-not-begun")]
    [InlineData("/admin/quarters/2026-Q2/restorations.csv", 404, "quarter-not-begun")]
    [InlineData("/admin/quarters/2026-Q5/redistribution", 400, "invalid-request")]
    [InlineData("/admin/quarters/2026-W01/redistribution.csv", 400, "invalid-request")]
    [InlineData("/admin/quarters/2026-Q1/redistribution?preview=yes", 400, "invalid-request")]
    [InlineData("/admin/quarters/2026-Q0/redistribution", 400, "invalid-request")]
    [InlineData("/admin/quarters/2026-q1/redistribution", 400, "invalid-request")]
    [InlineData("/admin/quarters/1999-Q4/redistribution", 400, "invalid-request")]
    [InlineData("/admin/quarters/9999-Q1/restorations.csv", 400, "invalid-request")]
    [InlineData("/admin/appeals?state=decided", 400, "invalid-request")]
    [InlineData("/admin/appeals?cursor=altered", 400, "invalid-cursor")]
    public async Task What_is_no_quarter_or_has_not_begun_is_named(string path, int status, string slug) =>
        (await Host.Get(Root + path, Olga)).Problem(status, slug);

    [Fact]
    public async Task An_appeal_is_sent_once_a_key_and_its_text_is_looked_at()
    {
        var ann = Host.Keys.Token("participant", "in-ann");
        var first = await Host.Write("POST", "/redistribution/2026-Q1/appeal", ann, Text, ("Idempotency-Key", "in-a"));
        var again = await Host.Write("POST", "/redistribution/2026-Q1/appeal", ann, Text, ("Idempotency-Key", "in-a"));

        Assert.Equal(201, (int)first.Status);
        Assert.Equal((first.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        Assert.Contains(Host.Cluster.Inactivity.Appeals, appeal => (appeal.QuarterNumber, appeal.Text) == (20261, "I was ill"));
        foreach (var text in (string[])["", " ", new('x', 2_001)])
        {
            Assert.Contains("text", (await Host.Write(
                "POST", "/redistribution/2026-Q1/appeal", ann, $$"""{"text":"{{text}}"}""")).Problem(400, "invalid-request"));
        }

        Assert.Contains("quarter", (await Host.Write(
            "POST", "/redistribution/2026-Q9/appeal", ann, Text)).Problem(400, "invalid-request"));
    }

    [Theory]
    [InlineData(AppealRefusal.NotWarned, "not-warned")]
    [InlineData(AppealRefusal.TooLate, "appeal-too-late")]
    [InlineData(AppealRefusal.AlreadyAppealed, "already-appealed")]
    public async Task Why_an_appeal_is_refused_is_named(AppealRefusal refusal, string slug)
    {
        Host.Cluster.Inactivity.Refusal = refusal;
        try
        {
            (await Host.Write(
                "POST", "/redistribution/2026-Q1/appeal", Host.Keys.Token("participant", "in-bob"), Text)).Problem(409, slug);
        }
        finally
        {
            Host.Cluster.Inactivity.Refusal = null;
        }
    }

    [Fact]
    public async Task An_operator_decides_an_appeal_with_a_reason_and_a_key()
    {
        var path = $"/admin/appeals/{FakeInactivity.Appeal1}/decision";
        var decided = await Host.Write("POST", path, Olga, Accepted, ("Idempotency-Key", "in-d"));

        Assert.Equal("accepted", decided.Json.GetProperty("state").GetString());
        Assert.Contains("accepted", (await Host.Write(
            "POST", path, Olga, """{"reason":"ok"}""", ("Idempotency-Key", "in-e"))).Problem(400, "invalid-request"));
        Assert.Contains("reason", (await Host.Write(
            "POST", path, Olga, """{"accepted":true,"reason":""}""", ("Idempotency-Key", "in-f")))
            .Problem(400, "invalid-request"));
        Assert.Contains("reason", (await Host.Write(
            "POST", path, Olga, $$"""{"accepted":true,"reason":"{{new string('x', 281)}}"}""", ("Idempotency-Key", "in-h")))
            .Problem(400, "invalid-request"));
        Assert.Contains("accepted", (await Host.Write(
            "POST", path, Olga, """{"accepted":"yes","reason":"ok"}""", ("Idempotency-Key", "in-i")))
            .Problem(400, "invalid-request"));
        Assert.Contains("id", (await Host.Write(
            "POST", "/admin/appeals/first/decision", Olga, Accepted, ("Idempotency-Key", "in-j")))
            .Problem(400, "invalid-request"));
        (await Host.Write("POST", path, Host.Keys.Token("participant", "in-ann"), Accepted, ("Idempotency-Key", "in-k")))
            .Problem(403, "forbidden");
        (await Host.Write("POST", path, Olga, Accepted)).Problem(400, "idempotency-key-missing");
        (await Host.Write("POST", $"/admin/appeals/{Guid.NewGuid()}/decision", Olga, Accepted, ("Idempotency-Key", "in-g")))
            .Problem(404, "unknown-appeal");
        Assert.Equal(
            "rejected",
            (await Host.Get($"{Root}/admin/appeals?state=rejected", Olga)).Json.GetProperty("items")[0]
                .GetProperty("state").GetString());
    }

    [Fact]
    public async Task Above_what_one_signature_may_give_an_acceptance_waits()
    {
        var answer = await Host.Write(
            "POST", $"/admin/appeals/{FakeInactivity.Appeal2}/decision", Olga, Accepted, ("Idempotency-Key", "in-w"));
        Assert.Equal(
            (202, "appeal.accept", "waiting"),
            ((int)answer.Status, answer.Json.GetProperty("kind").GetString(),
                answer.Json.GetProperty("state").GetString()));
        Assert.EndsWith($"/admin/approvals/{answer.Json.GetProperty("id").GetString()}", answer.Headers["Location"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_leave_has_a_first_day_and_stands_alone()
    {
        const string Path = "/admin/participants?id=in-lea";
        var answer = await Host.Write(
            "PUT", Path, Olga, """{"leaveFrom":"2025-12-20","leaveTo":"2026-02-01","reason":"parental leave"}""");

        Assert.Equal(
            ("2025-12-20", "2026-02-01"),
            (answer.Json.GetProperty("leaveFrom").GetString(), answer.Json.GetProperty("leaveTo").GetString()));
        Assert.Equal("parental leave", Host.Cluster.Inactivity.Leaves["in-lea"].Reason);
        foreach (var (body, field) in ((string, string)[])
        [
            ("""{"leaveTo":"2026-02-01","reason":"x"}""", "leaveTo"),
            ("""{"leaveFrom":"2026-02-02","leaveTo":"2026-02-01","reason":"x"}""", "leaveTo"),
            ("""{"leaveFrom":"yesterday","reason":"x"}""", "leaveFrom"),
            ("""{"leaveFrom":"2026-02-02","level":2,"reason":"x"}""", "leaveFrom"),
            ("""{"leaveFrom":"2026-02-02","suspended":true,"reason":"x"}""", "suspended"),
            ("""{"leaveFrom":"2026-02-02"}""", "reason"),
        ])
        {
            Assert.Contains(field, (await Host.Write("PUT", Path, Olga, body)).Problem(400, "invalid-request"));
        }

        (await Host.Write("PUT", "/admin/participants?id=unknown-lea", Olga, """{"leaveFrom":"2026-02-02","reason":"x"}"""))
            .Problem(404, "not-found");
        (await Host.Write(
            "PUT", "/admin/participants?id=in-own", Host.Keys.Token("operator", "in-own"),
            """{"leaveFrom":"2026-02-02","reason":"x"}"""))
            .Problem(403, "own-affair");
    }
}

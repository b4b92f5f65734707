using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Schedules;

[Collection(ApiCollection.Name)]
public sealed class ScheduleTests(ApiFixture fixture)
{
    private const string Root = ApiHostUnderTest.Root;
    private const string Settle = """{"kind":"week.settle","subject":"2025-W51"}""";
    private const string Quarter = """{"kind":"inactivity.run","subject":"2026-Q1","reason":"at rest"}""";

    private ApiHostUnderTest Host => fixture.Host;

    private string Olga => Host.Keys.Token("operator", "sc-olga");

    [Fact]
    public async Task What_runs_was_done_and_comes_is_a_page()
    {
        var page = (await Host.Get($"{Root}/admin/schedule?limit=1", Olga)).Json;
        Assert.Equal(
            ("2025-12-22T00:00:00+00:00", false, "next"),
            (page.GetProperty("now").GetString(), page.GetProperty("paused").GetBoolean(),
                page.GetProperty("next").GetString()));
        Assert.Equal("week.score", page.GetProperty("running").GetProperty("kind").GetString());
        var done = page.GetProperty("done")[0];
        Assert.Equal(
            ("emission", "2025-12-22", 12, 1, "done"),
            (done.GetProperty("kind").GetString(), done.GetProperty("subject").GetString(),
                done.GetProperty("tookMs").GetInt32(), done.GetProperty("attempts").GetInt32(),
                done.GetProperty("state").GetString()));
        Assert.Equal("2026-Q1", page.GetProperty("coming")[0].GetProperty("subject").GetString());
        (await Host.Get($"{Root}/admin/schedule?cursor=altered", Olga)).Problem(400, "invalid-cursor");
    }

    [Fact]
    public async Task What_is_due_is_tried_again_and_what_is_not_is_named()
    {
        var tried = await Host.Write("POST", "/admin/schedule/run", Olga, Settle);
        Assert.Equal((202, "2025-W51"), ((int)tried.Status, tried.Json.GetProperty("subject").GetString()));
        (await Host.Write("POST", "/admin/schedule/run", Olga, Settle.Replace("W51", "W52", StringComparison.Ordinal)))
            .Problem(409, "not-due");
    }

    [Fact]
    public async Task A_quarter_is_skipped_once_a_key_and_what_never_is_is_named()
    {
        var first = await Host.Write("POST", "/admin/schedule/skip", Olga, Quarter, ("Idempotency-Key", "sc-a"));
        var again = await Host.Write("POST", "/admin/schedule/skip", Olga, Quarter, ("Idempotency-Key", "sc-a"));
        Assert.Equal((200, first.Text, "true"), ((int)first.Status, again.Text, again.Headers["Idempotency-Replayed"]));
        (await Host.Write(
            "POST", "/admin/schedule/skip", Olga, """{"kind":"emission","subject":"2025-12-22","reason":"?"}""",
            ("Idempotency-Key", "sc-b"))).Problem(409, "not-skippable");
        (await Host.Write("POST", "/admin/schedule/skip", Olga, Quarter)).Problem(400, "idempotency-key-missing");
    }

    [Theory]
    [InlineData("run", """{"kind":"hourly","subject":"2025-W51"}""", "kind")]
    [InlineData("run", """{"subject":"2025-W51"}""", "kind")]
    [InlineData("run", """{"kind":"vesting","subject":7}""", "subject")]
    [InlineData("run", """{"kind":"vesting","subject":""}""", "subject")]
    [InlineData("skip", """{"kind":"inactivity.run","subject":"2026-Q1"}""", "reason")]
    [InlineData("skip", """{"kind":"inactivity.run","subject":"2026-Q1","reason":""}""", "reason")]
    [InlineData("skip", """{"kind":"","subject":"2026-Q1","reason":"at rest"}""", "kind")]
    public async Task What_is_no_kind_subject_or_reason_is_named(string act, string body, string field) => Assert.Contains(
        field,
        (await Host.Write("POST", $"/admin/schedule/{act}", Olga, body, ("Idempotency-Key", $"sc-{act}-{body.Length}")))
            .Problem(400, "invalid-request"));

    [Fact]
    public async Task A_subject_longer_than_any_and_a_reason_too_long_are_named()
    {
        Assert.Contains("subject", (await Host.Write(
            "POST", "/admin/schedule/run", Olga, $$"""{"kind":"vesting","subject":"{{new string('x', 33)}}"}"""))
            .Problem(400, "invalid-request"));
        Assert.Contains("reason", (await Host.Write(
            "POST", "/admin/schedule/skip", Olga,
            $$"""{"kind":"inactivity.run","subject":"2026-Q1","reason":"{{new string('x', 281)}}"}""",
            ("Idempotency-Key", "sc-long"))).Problem(400, "invalid-request"));
    }
}

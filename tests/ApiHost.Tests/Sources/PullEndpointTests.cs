using System.Net;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Pulls;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Sources;

/// <summary>What a source is asked for besides what is new, over REST.</summary>
[Collection(ApiCollection.Name)]
public sealed class PullEndpointTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_back_fill_is_asked_for_once_and_shows_how_far_it_is()
    {
        const string Body = """{"from":"2025-12-01T00:00:00Z","to":"2025-12-08T00:00:00+00:00","reason":"it was away"}""";
        var asked = await Send("backfill", Body, key: "backfill-1");
        var again = await Send("backfill", Body, key: "backfill-1");

        Assert.Equal(HttpStatusCode.Accepted, asked.Status);
        Assert.Equal("waiting", asked.Json.GetProperty("state").GetString());
        Assert.Equal((asked.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        var sent = Assert.IsType<BackfillRequest>(fixture.Host.Cluster.Pulls("pulled").Last);
        Assert.Equal((TimeSpan.FromDays(7), "it was away"), (sent.To - sent.From, sent.Reason));
        (await Send("backfill", """{"from":"2025-12-01T00:00:00Z","to":"2025-12-09T00:00:00Z"}""", key: "backfill-1"))
            .Problem(422, "idempotency-key-reused");
        Assert.Equal("done", (await List("backfills")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_week_is_held_against_the_source_and_its_figures_are_listed()
    {
        var asked = await Send("reconcile", """{"week":"2025-W49"}""");

        Assert.Equal((HttpStatusCode.Accepted, "waiting"), (asked.Status, asked.Json.GetProperty("state").GetString()));
        Assert.Equal(
            WeekId.Of(new DateOnly(2025, 12, 1)),
            Assert.IsType<CheckWeekRequest>(fixture.Host.Cluster.Pulls("pulled").Last).Week);
        var done = await List("reconciliations");
        Assert.Equal(
            ("done", 3, 2, 1),
            (done.GetProperty("state").GetString(), done.GetProperty("missing").GetInt32(),
                done.GetProperty("takenBack").GetInt32(), done.GetProperty("added").GetInt32()));
    }

    [Fact]
    public async Task A_source_is_asked_now() =>
        Assert.Equal(HttpStatusCode.Accepted, (await Send("pull", """{"reason":"a post is missing"}""")).Status);

    [Theory]
    [InlineData(PullVerdict.OperatorUnknown, 403, "operator-unknown")]
    [InlineData(PullVerdict.UnknownSource, 404, "unknown-source")]
    [InlineData(PullVerdict.NotPulled, 422, "source-not-pulled")]
    [InlineData(PullVerdict.WeekSealed, 409, "source-week-sealed")]
    [InlineData(PullVerdict.NothingThere, 400, "invalid-request")]
    public async Task A_refusal_has_its_answer(PullVerdict verdict, int status, string slug) =>
        (await Send("reconcile", """{"week":"2025-W49"}""", $"{verdict}")).Problem(status, slug);

    [Theory]
    [InlineData("backfill", """{"to":"2025-12-01T01:00:00Z"}""", "from")]
    [InlineData("backfill", """{"from":"2025-12-01T01:00:00Z","to":"2025-12-01T01:00:00Z"}""", "to")]
    [InlineData("backfill", """{"from":"2005-12-01T01:00:00Z","to":"2025-12-01T01:00:00Z"}""", "to")]
    [InlineData("backfill", """{"from":"2025-12-01T01:00:00Z","to":"2025-12-02T01:00:00Z","reason":""}""", "reason")]
    [InlineData("reconcile", """{"week":"2025-49"}""", "week")]
    [InlineData("pull", """{"reason":7}""", "reason")]
    public async Task What_is_wrong_is_named(string act, string body, string field) =>
        Assert.Contains(field, (await Send(act, body)).Problem(400, "invalid-request"));

    private async Task<System.Text.Json.JsonElement> List(string what) => (await fixture.Host.Get(
        $"{ApiHostUnderTest.Root}/admin/sources/pulled/{what}", fixture.Host.Keys.Token("auditor")))
        .Json.GetProperty("items")[0];

    private Task<Answer> Send(string act, string body, string source = "pulled", string? key = null) => fixture.Host.Write(
        "POST", $"/admin/sources/{source}/{act}", fixture.Host.Keys.Token("operator"), body,
        key is null ? [] : [("Idempotency-Key", key)]);
}

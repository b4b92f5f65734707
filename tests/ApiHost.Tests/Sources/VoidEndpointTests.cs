using System.Net;
using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Sources;

/// <summary>What of a source counts as if never sent, over REST.</summary>
[Collection(ApiCollection.Name)]
public sealed class VoidEndpointTests(ApiFixture fixture)
{
    private const string Body =
        """{"receivedFrom":"2025-12-01T00:00:00Z","receivedTo":"2025-12-01T01:00:00+00:00","reason":"a stolen key"}""";

    [Fact]
    public async Task Taking_events_out_waits_for_another_operator()
    {
        var asked = await Send("/void", Body, "void-1");
        var again = await Send("/void", Body, "void-1");

        Assert.Equal(HttpStatusCode.Accepted, asked.Status);
        Assert.Equal("source.void", asked.Json.GetProperty("kind").GetString());
        Assert.Equal((asked.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        var last = fixture.Host.Cluster.Voids("voided").Last!;
        Assert.Null(last.Types);
        Assert.Equal(TimeSpan.FromHours(1), last.ReceivedTo - last.ReceivedFrom);
        await Send("/void", Body.Replace("}", ""","types":["ExerciseSave"]}""", StringComparison.Ordinal), "void-2");
        Assert.Equal("ExerciseSave", Assert.Single(fixture.Host.Cluster.Voids("voided").Last!.Types!));
        (await Send("/void", Body, "void-3", source: "unknown-club")).Problem(404, "unknown-source");
    }

    [Fact]
    public async Task What_is_void_is_listed_and_lifted_by_its_id()
    {
        var list = await fixture.Host.Get(
            $"{ApiHostUnderTest.Root}/admin/sources/voided/voids", fixture.Host.Keys.Token("auditor"));
        Assert.Equal(FakeVoids.Known, list.Json.GetProperty("items")[0].GetProperty("id").GetGuid());

        var lifted = await Send($"/voids/{FakeVoids.Known}/lift", """{"reason":"they were right"}""", "lift-1");
        Assert.Equal("source.lift-void", lifted.Json.GetProperty("kind").GetString());
        (await Send($"/voids/{Guid.NewGuid()}/lift", """{"reason":"?"}""", "lift-2")).Problem(404, "unknown-void");
        Assert.Equal(
            ["id"], (await Send("/voids/7/lift", """{"reason":"?"}""", "lift-3")).Problem(400, "invalid-request"));
    }

    [Theory]
    [InlineData("""{"receivedTo":"2025-12-01T01:00:00Z","reason":"x"}""", "receivedFrom")]
    [InlineData("""{"receivedFrom":"2025-12-01T01:00:00Z","receivedTo":"2025-12-01T01:00:00Z","reason":"x"}""", "receivedTo")]
    [InlineData("""{"receivedFrom":"2025-12-01T00:00:00Z","receivedTo":"2025-12-01T01:00:00Z"}""", "reason")]
    [InlineData(
        """{"receivedFrom":"2025-12-01T00:00:00Z","receivedTo":"2025-12-01T01:00:00Z","reason":"x","types":[]}""", "types")]
    [InlineData(
        """{"receivedFrom":"2025-12-01T00:00:00Z","receivedTo":"2025-12-01T01:00:00Z","reason":"x","types":[1]}""", "types")]
    [InlineData(
        """{"receivedFrom":"2025-12-01T00:00:00Z","receivedTo":"2025-12-01T01:00:00Z","reason":"x","types":["a",""]}""",
        "types[1]")]
    public async Task What_is_wrong_is_named(string body, string field) =>
        Assert.Contains(field, (await Send("/void", body, $"wrong-{field}-{body.Length}")).Problem(400, "invalid-request"));

    private Task<Answer> Send(string path, string body, string key, string source = "voided") => fixture.Host.Write(
        "POST", $"/admin/sources/{source}{path}", fixture.Host.Keys.Token("operator"), body, ("Idempotency-Key", key));
}

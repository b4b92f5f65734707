using System.Net;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Sources;

/// <summary>What was not taken in, over REST.</summary>
[Collection(ApiCollection.Name)]
public sealed class QuarantineEndpointTests(ApiFixture fixture)
{
    private const string Id = "0190c2f0-0000-7000-8000-000000000001";

    [Fact]
    public async Task It_is_listed_by_reason_in_pages()
    {
        var page = await Get("?reason=held");

        Assert.Equal("held", page.Json.GetProperty("items")[0].GetProperty("reason").GetString());
        Assert.Equal("good", page.Json.GetProperty("next").GetString());
        (await Get("?cursor=bad")).Problem(400, "invalid-cursor");
        Assert.Equal(["reason"], (await Get("?reason=old")).Problem(400, "invalid-request"));
    }

    [Fact]
    public async Task Some_are_let_in_and_some_let_go_for_a_reason()
    {
        var replayed = await Send("POST", "/replay", $$"""{"ids":["{{Id}}"],"why":"looked at"}""");
        Assert.Equal(Guid.Parse(Id), Assert.Single(fixture.Host.Cluster.Quarantine("quarantined").Last!.Ids));
        var dropped = await Send("DELETE", "", """{"reason":"held","why":"of no use"}""");

        Assert.Equal("counted", replayed.Json.GetProperty("items")[0].GetProperty("outcome").GetString());
        Assert.Equal(1, dropped.Json.GetProperty("count").GetInt32());
        Assert.Equal(("held", "of no use"), (
            fixture.Host.Cluster.Quarantine("quarantined").Last!.Reason,
            fixture.Host.Cluster.Quarantine("quarantined").Last!.Why));
    }

    [Theory]
    [InlineData("""{"why":"w"}""", "ids")]
    [InlineData("""{"ids":[],"why":"w"}""", "ids")]
    [InlineData("""{"ids":["1"],"reason":"held","why":"w"}""", "ids")]
    [InlineData("""{"reason":"old","why":"w"}""", "reason")]
    [InlineData("""{"reason":"held"}""", "why")]
    public async Task Which_and_why_are_said(string body, string field)
    {
        var answer = await Send("DELETE", "", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(field, answer.Problem(400, "invalid-request"));
    }

    private Task<Answer> Send(string method, string path, string body) => fixture.Host.Write(
        method, $"/admin/sources/quarantined/quarantine{path}", fixture.Host.Keys.Token("operator"), body);

    private Task<Answer> Get(string query) => fixture.Host.Get(
        $"{ApiHostUnderTest.Root}/admin/sources/quarantined/quarantine{query}", fixture.Host.Keys.Token("auditor"));
}

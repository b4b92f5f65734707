using System.Net;
using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Identities;

namespace Stk.ApiHost.Tests.Identities;

/// <summary>Participants who are made one, over REST.</summary>
[Collection(ApiCollection.Name)]
public sealed class MergeEndpointTests(ApiFixture fixture)
{
    [Fact]
    public async Task Two_are_made_one_and_two_again()
    {
        var merged = await Send("/merges", """{"from":"anon-1","into":"u-17","reason":"the same person"}""");
        var undone = await Send($"/merges/{FakeMerges.Known}/undo", """{"reason":"two people"}""");
        var list = await fixture.Host.Get($"{ApiHostUnderTest.Root}/admin/merges", fixture.Host.Keys.Token("auditor"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (merged.Status, undone.Status));
        Assert.Equal("0", merged.Json.GetProperty("moved").GetString());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, merged.Json.GetProperty("approval").ValueKind);
        Assert.Equal("two people", undone.Json.GetProperty("undoneReason").GetString());
        Assert.Equal(FakeMerges.Known, list.Json.GetProperty("items")[0].GetProperty("id").GetGuid());
    }

    [Theory]
    [InlineData(LinkRefusal.UnknownParticipant, 404, "unknown-participant")]
    [InlineData(LinkRefusal.OwnAffair, 403, "own-affair")]
    [InlineData(LinkRefusal.AlreadySo, 409, "participants-not-mergeable")]
    [InlineData(LinkRefusal.HasAccount, 409, "participants-not-mergeable")]
    [InlineData(LinkRefusal.HasSignedIn, 409, "participants-not-mergeable")]
    [InlineData(LinkRefusal.WeekNotSettled, 409, "participants-not-mergeable")]
    [InlineData(LinkRefusal.Overtaken, 409, "participants-not-mergeable")]
    [InlineData(LinkRefusal.UnknownMerge, 404, "unknown-merge")]
    public async Task A_refusal_has_its_answer(LinkRefusal refusal, int status, string slug) => (await Send(
        "/merges", $$"""{"from":"{{refusal}}","into":"u-17","reason":"x"}""")).Problem(status, slug);

    [Theory]
    [InlineData("/merges", """{"into":"u-17","reason":"x"}""", "from")]
    [InlineData("/merges", """{"from":"u-17","into":7,"reason":"x"}""", "into")]
    [InlineData("/merges", """{"from":"anon-1","into":"u-17"}""", "reason")]
    [InlineData("/merges/7/undo", """{"reason":"x"}""", "id")]
    public async Task What_is_wrong_is_named(string path, string body, string field) =>
        Assert.Contains(field, (await Send(path, body)).Problem(400, "invalid-request"));

    private Task<Answer> Send(string path, string body) =>
        fixture.Host.Write("POST", $"/admin{path}", fixture.Host.Keys.Token("operator"), body);
}

using System.Net;
using Stk.ApiHost.Tests.Hosting;
using Stk.Rules.Identities;

namespace Stk.ApiHost.Tests.Identities;

/// <summary>Whose the ids are that sources send, over REST.</summary>
[Collection(ApiCollection.Name)]
public sealed class IdentityEndpointTests(ApiFixture fixture)
{
    [Fact]
    public async Task An_id_is_linked_and_is_its_own_again()
    {
        var linked = await Put("""{"namespace":"club","id":"42","participant":"u-17","reason":"the same person"}""");
        Assert.Equal("u-17", linked.Json.GetProperty("participant").GetString());
        var own = await Put("""{"id":"anon-1","participant":null,"reason":"somebody else"}""");

        Assert.Equal(HttpStatusCode.OK, own.Status);
        Assert.True(fixture.Host.Cluster.Identities.Last is { Namespace: "", Id: "anon-1", Participant: null });
    }

    [Fact]
    public async Task Ids_are_shown_of_a_participant_and_one_by_one()
    {
        var own = await Get("?participant=u-17");
        Assert.Equal(
            ["u-17", "42"],
            own.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        var one = (await Get("?namespace=club&id=42")).Json.GetProperty("items")[0];
        Assert.Equal("u-17", one.GetProperty("participant").GetString());
        (await Get("?participant=unknown-u")).Problem(404, "not-found");
        (await Get("?id=43")).Problem(404, "not-found");
        Assert.Equal(["participant"], (await Get("")).Problem(400, "invalid-request"));
        Assert.Equal(["participant"], (await Get("?participant=u-17&id=42")).Problem(400, "invalid-request"));
        Assert.Equal(["namespace"], (await Get("?id=42&namespace=fund")).Problem(400, "invalid-request"));
    }

    [Theory]
    [InlineData("""{"id":"42","reason":"x"}""", "participant")]
    [InlineData("""{"id":"","participant":"u-17","reason":"x"}""", "id")]
    [InlineData("""{"id":"42","participant":"u-17"}""", "reason")]
    [InlineData("""{"namespace":"Club","id":"42","participant":"u-17","reason":"x"}""", "namespace")]
    public async Task What_is_wrong_is_named(string body, string field) =>
        Assert.Contains(field, (await Put(body)).Problem(400, "invalid-request"));

    [Theory]
    [InlineData(LinkRefusal.UnknownParticipant, 404, "unknown-participant")]
    [InlineData(LinkRefusal.OwnAffair, 403, "own-affair")]
    [InlineData(LinkRefusal.Itself, 409, "identity-not-linkable")]
    [InlineData(LinkRefusal.HasMembers, 409, "identity-not-linkable")]
    [InlineData(LinkRefusal.HasAccount, 409, "identity-not-linkable")]
    [InlineData(LinkRefusal.WeekNotSettled, 409, "identity-not-linkable")]
    [InlineData(LinkRefusal.AlreadySo, 409, "identity-not-linkable")]
    public async Task Every_refusal_has_its_problem(LinkRefusal refusal, int status, string slug)
    {
        fixture.Host.Cluster.Identities.RefusesWith = refusal;
        try
        {
            (await Put("""{"id":"42","participant":"u-17","reason":"x"}""")).Problem(status, slug);
        }
        finally
        {
            fixture.Host.Cluster.Identities.RefusesWith = null;
        }
    }

    private Task<Answer> Put(string body) =>
        fixture.Host.Write("PUT", "/admin/identities", fixture.Host.Keys.Token("operator"), body);

    private Task<Answer> Get(string query) => fixture.Host.Get(
        $"{ApiHostUnderTest.Root}/admin/identities{query}", fixture.Host.Keys.Token("auditor"));
}

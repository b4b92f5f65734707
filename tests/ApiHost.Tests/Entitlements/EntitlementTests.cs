using System.Net;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Entitlements;

namespace Stk.ApiHost.Tests.Entitlements;

[Collection(ApiCollection.Name)]
public sealed class EntitlementTests(ApiFixture fixture)
{
    private const string Root = ApiHostUnderTest.Root;
    private const string Use = """{"id":"0190c2f0-0000-7000-8000-000000000001"}""";

    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task The_list_says_which_are_active_by_the_economys_clock()
    {
        var answer = await Host.Get($"{Root}/entitlements", Host.Keys.Token("participant", "ent-ann"));

        var items = answer.Json.GetProperty("items").EnumerateArray().ToList();
        // The fake's clock stands at 2025-12-22, hosts' clocks do not.
        Assert.Equal([true, false], items.Select(item => item.GetProperty("isActive").GetBoolean()));
        Assert.Equal(
            ["id", "service", "from", "until", "sessions", "used", "left", "isActive", "endedAt", "first", "renewal"],
            items[0].EnumerateObject().Select(member => member.Name));
    }

    [Theory]
    [InlineData("mentor_session", """{"service":"mentor_session","isActive":true,"until":null,"left":1}""")]
    [InlineData("other", """{"service":"other","isActive":false,"until":null,"left":null}""")]
    public async Task Another_system_asks_whether_somebody_may_use_a_service(string service, string expected)
    {
        var answer = await Host.Get(
            $"{Root}/entitlements/{service}?participant=ent-bob", Host.Keys.Token("ingest", "club"));

        Assert.Equal(expected, answer.Text);
    }

    [Fact]
    public async Task A_check_is_one_call_and_looks_nobody_up()
    {
        await Host.Get($"{Root}/entitlements/mentor_session?participant=ent-cat", Host.Keys.Token("ingest", "club"));

        Assert.Equal(1, Host.Cluster.Spender("ent-cat").EntitlementChecks);
        Assert.False(Host.Cluster.HasParticipant("ent-cat"), "the participant's profile was asked for");
    }

    [Fact]
    public async Task A_check_must_say_of_whom()
    {
        var answer = await Host.Get($"{Root}/entitlements/mentor_session", Host.Keys.Token("ingest", "club"));

        Assert.Equal(["participant"], answer.Problem(400, "invalid-request"));
    }

    [Fact]
    public async Task A_session_is_used_once_by_its_own_id_and_of_its_source()
    {
        const string Path = "/entitlements/mentor_session/use?participant=ent-dan";
        var club = Host.Keys.Token("ingest", "club");

        var first = await Host.Write("POST", Path, club, Use);
        var second = await Host.Write("POST", Path, club, Use);

        Assert.Equal(
            """{"id":"0190c2f0-0000-7000-8000-000000000001","entitlement":"00000001-0000-0000-0000-000000000000","at":"2025-12-22T08:00:00+00:00","left":0}""",
            first.Text);
        Assert.Equal((HttpStatusCode.OK, first.Text, "true"), (second.Status, second.Text, second.Headers["Idempotency-Replayed"]));
        var asked = Assert.IsType<UseRequest>(Host.Cluster.Spender("ent-dan").Asked.First());
        Assert.Equal(("mentor_session", "club"), (asked.Service, asked.Source));
    }

    [Fact]
    public async Task Without_a_session_left_nothing_is_used() => (await Host.Write(
        "POST", "/entitlements/other/use?participant=ent-eve", Host.Keys.Token("ingest", "club"), Use))
        .Problem(409, "no-entitlement");

    [Theory]
    [InlineData("{}", "id")]
    [InlineData("""{"id":"not-one"}""", "id")]
    [InlineData("""{"id":17}""", "id")]
    [InlineData("""{"id":"0190c2f0-0000-7000-8000-000000000001","count":2}""", "$")]
    public async Task A_use_has_a_uuid_and_nothing_else(string body, string field) => Assert.Equal(
        [field],
        (await Host.Write("POST", "/entitlements/mentor_session/use?participant=ent-fay", Host.Keys.Token("ingest", "club"), body))
            .Problem(400, "invalid-request"));

    [Theory]
    [InlineData("""{"on":true}""", """{"on":true,"maxPrice":"100"}""")]
    [InlineData("""{"on":true,"maxPrice":"120.5"}""", """{"on":true,"maxPrice":"120.5"}""")]
    [InlineData("""{"on":false}""", """{"on":false,"maxPrice":null}""")]
    public async Task A_renewal_is_switched_by_who_has_bought(string body, string expected)
    {
        var answer = await Host.Write(
            "PUT", "/entitlements/0190c2f0-0000-7000-8000-000000000001/renewal", Host.Keys.Token("participant", "ent-eve"),
            body);

        Assert.Equal((HttpStatusCode.OK, expected), (answer.Status, answer.Text));
    }

    [Theory]
    [InlineData("""{}""", "on")]
    [InlineData("""{"on":"yes"}""", "on")]
    [InlineData("""{"on":true,"maxPrice":"0"}""", "maxPrice")]
    [InlineData("""{"on":false,"maxPrice":"5"}""", "maxPrice")]
    [InlineData("""{"on":true,"price":"5"}""", "$")]
    public async Task A_renewal_that_is_none_is_refused(string body, string field) => Assert.Equal(
        [field],
        (await Host.Write(
            "PUT", "/entitlements/0190c2f0-0000-7000-8000-000000000001/renewal", Host.Keys.Token("participant", "ent-fay"),
            body)).Problem(400, "invalid-request"));

    [Fact]
    public async Task Of_an_entitlement_that_is_not_theirs_nobody_switches_a_renewal() => (await Host.Write(
        "PUT", "/entitlements/00000000-0000-0000-0000-000000000000/renewal", Host.Keys.Token("participant", "ent-gus"),
        """{"on":true}""")).Problem(404, "unknown-entitlement");
}

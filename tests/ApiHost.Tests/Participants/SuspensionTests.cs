using System.Net;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Participants;

[Collection(ApiCollection.Name)]
public sealed class SuspensionTests(ApiFixture fixture)
{
    private const string True = """{"suspended":true,"reason":"stolen phone"}""";

    private ApiHostUnderTest Host => fixture.Host;

    private string Olga => Host.Keys.Token("operator", "sus-olga");

    [Fact]
    public async Task One_operator_suspends_and_the_profile_shows_it()
    {
        var before = await Host.Get($"{ApiHostUnderTest.Root}/admin/participants?id=sus-ann", Olga);
        var answer = await Host.Write("PUT", "/admin/participants?id=sus-ann", Olga, True, ("Idempotency-Key", "a"));
        var again = await Host.Write("PUT", "/admin/participants?id=sus-ann", Olga, True, ("Idempotency-Key", "a"));

        Assert.False(before.Json.GetProperty("suspended").GetBoolean());
        Assert.True(answer.Json.GetProperty("suspended").GetBoolean());
        Assert.Equal((answer.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        var asked = Host.Cluster.Suspensions.Suspended["sus-ann"];
        Assert.Equal(("stolen phone", "sus-olga"), (asked.Reason, asked.By));
        (await Host.Write("PUT", "/admin/participants?id=unknown-sus", Olga, True)).Problem(404, "not-found");
    }

    [Fact]
    public async Task Lifting_it_waits_for_another_operator_and_changes_nothing()
    {
        const string Lift = """{"suspended":false,"reason":"the phone is back"}""";
        (await Host.Write("PUT", "/admin/participants?id=sus-eva", Olga, Lift)).Problem(409, "act-not-possible");
        (await Host.Write("PUT", "/admin/participants?id=unknown-sus", Olga, Lift)).Problem(404, "unknown-participant");
        await Host.Write("PUT", "/admin/participants?id=sus-eva", Olga, True);

        var answer = await Host.Write("PUT", "/admin/participants?id=sus-eva", Olga, Lift, ("Idempotency-Key", "l"));
        var again = await Host.Write("PUT", "/admin/participants?id=sus-eva", Olga, Lift, ("Idempotency-Key", "l"));

        Assert.Equal(HttpStatusCode.Accepted, answer.Status);
        Assert.Equal(
            $"{ApiHostUnderTest.Root}/admin/approvals/{answer.Json.GetProperty("id").GetGuid()}", answer.Headers["Location"]);
        Assert.Equal(
            ("participant.lift", "waiting", "sus-olga", "the phone is back"),
            (Text("kind"), Text("state"), Text("askedBy"), Text("reason")));
        Assert.Equal((answer.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        var profile = await Host.Get($"{ApiHostUnderTest.Root}/admin/participants?id=sus-eva", Olga);
        Assert.True(profile.Json.GetProperty("suspended").GetBoolean());

        string? Text(string member) => answer.Json.GetProperty(member).GetString();
    }

    [Fact]
    public async Task Whom_the_silo_does_not_find_in_the_register_suspends_and_revokes_nothing()
    {
        (await Host.Write("PUT", "/admin/participants?id=refused-sus", Olga, True)).Problem(403, "operator-unknown");
        (await Host.Write("POST", "/admin/tokens/revoke", Olga, """{"jti":"refused-jti","reason":"?"}"""))
            .Problem(403, "operator-unknown");
    }

    [Theory]
    [InlineData("""{"suspended":true,"level":3,"reason":"?"}""", "suspended")]
    [InlineData("""{"suspended":true,"excluded":true,"reason":"?"}""", "suspended")]
    [InlineData("""{"suspended":false,"level":null,"reason":"?"}""", "suspended")]
    [InlineData("""{"suspended":"yes","reason":"?"}""", "suspended")]
    [InlineData("""{"suspended":true}""", "reason")]
    public async Task It_stands_alone_beside_its_reason(string body, string field) =>
        Assert.Contains(field, (await Host.Write(
            "PUT", "/admin/participants?id=sus-bob", Olga, body)).Problem(400, "invalid-request"));
}

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

    [Theory]
    [InlineData("""{"suspended":true,"level":3,"reason":"?"}""", "suspended")]
    [InlineData("""{"suspended":true,"excluded":true,"reason":"?"}""", "suspended")]
    [InlineData("""{"suspended":"yes","reason":"?"}""", "suspended")]
    [InlineData("""{"suspended":true}""", "reason")]
    public async Task It_stands_alone_beside_its_reason(string body, string field) =>
        Assert.Contains(field, (await Host.Write(
            "PUT", "/admin/participants?id=sus-bob", Olga, body)).Problem(400, "invalid-request"));
}

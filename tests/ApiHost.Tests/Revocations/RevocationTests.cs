using System.Net;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Revocations;

[Collection(ApiCollection.Name)]
public sealed class RevocationTests(ApiFixture fixture)
{
    private const string Address = "/admin/tokens/revoke";
    private const string Balance = ApiHostUnderTest.Root + "/balance";

    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task A_token_that_was_revoked_by_its_jti_is_refused_and_another_of_the_subject_is_not()
    {
        var (stolen, own) = (Token("rv-ann", "rv-stolen"), Token("rv-ann", "rv-own"));
        Assert.Equal(HttpStatusCode.OK, (await Host.Get(Balance, stolen)).Status);

        var answer = await Host.Write("POST", Address, Host.Keys.Token("operator", "rv-olga"), """{"jti":"rv-stolen","reason":"stolen"}""");

        Assert.Equal(
            """{"jti":"rv-stolen","subject":null,"before":null,"reason":"stolen","by":"rv-olga","at":"1970-01-01T00:00:00+00:00"}""",
            answer.Text);
        await Refused(stolen);
        Assert.Equal(HttpStatusCode.OK, (await Host.Get(Balance, own)).Status);
    }

    [Fact]
    public async Task A_subjects_tokens_of_before_an_instant_are_refused_and_later_ones_are_not()
    {
        var (old, later) = (Token("rv-bob", "rv-old"), Token("rv-bob", "rv-later", minutesAgo: 1));
        var before = DateTimeOffset.UtcNow.AddMinutes(-30);

        await Host.Write(
            "POST", Address, Host.Keys.Token("operator", "rv-olga"),
            $$"""{"subject":"rv-bob","before":"{{before:yyyy-MM-ddTHH:mm:ssZ}}","reason":"left the club"}""");

        await Refused(old);
        Assert.Equal(HttpStatusCode.OK, (await Host.Get(Balance, later)).Status);
    }

    [Fact]
    public async Task A_stream_ends_with_the_token_that_opened_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Balance}/stream");
        request.Headers.Authorization = new("Bearer", Token("rv-eve", "rv-stream"));
        using var response = await Host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        await using var stream = await response.Content.ReadAsStreamAsync();

        Host.Cluster.Revocations.Add("rv-stream", null, null);

        var buffer = new byte[4_096];
        using var hang = new CancellationTokenSource(HangLimit.Step);
        while (await stream.ReadAsync(buffer, hang.Token) > 0)
        {
            // What was sent before the end.
        }
    }

    [Theory]
    [InlineData("""{"reason":"?"}""", "$")]
    [InlineData("""{"jti":"a","subject":"b","reason":"?"}""", "$")]
    [InlineData("""{"jti":"a","before":"2025-01-01T00:00:00Z","reason":"?"}""", "before")]
    [InlineData("""{"subject":"a","before":"2999-01-01T00:00:00Z","reason":"?"}""", "before")]
    [InlineData("""{"jti":"a"}""", "reason")]
    [InlineData("""{"jti":"a\nb","reason":"?"}""", "jti")]
    public async Task What_does_not_say_whose_or_since_when_is_named(string body, string field) =>
        Assert.Contains(field, (await Host.Write(
            "POST", Address, Host.Keys.Token("operator", "rv-olga"), body)).Problem(400, "invalid-request"));

    [Fact]
    public async Task A_repeat_is_one_request()
    {
        var olga = Host.Keys.Token("operator", "rv-olga");
        const string Body = """{"jti":"rv-twice","reason":"stolen"}""";

        var first = await Host.Write("POST", Address, olga, Body, ("Idempotency-Key", "rv"));
        var again = await Host.Write("POST", Address, olga, Body, ("Idempotency-Key", "rv"));

        Assert.Equal((first.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        (await Host.Write("POST", Address, olga, """{"jti":"rv-other","reason":"stolen"}""", ("Idempotency-Key", "rv")))
            .Problem(422, "idempotency-key-reused");
    }

    private string Token(string subject, string id, int minutesAgo = 60) => Host.Keys.Sign(
        new() { ["sub"] = subject, ["role"] = "participant", ["jti"] = id }, notBefore: TimeSpan.FromMinutes(-minutesAgo));

    private Task Refused(string token) => Eventually.True(
        async () => (await Host.Get(Balance, token)).Status == HttpStatusCode.Unauthorized, "the host has heard of it");
}

using System.Net;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Sources;

namespace Stk.ApiHost.Tests.Sources;

/// <summary>Deliveries without a token: what is passed on to the silo, and how its verdict is answered.</summary>
[Collection(ApiCollection.Name)]
public sealed class WebhookEndpointTests(ApiFixture fixture)
{
    [Theory]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task A_body_is_passed_on_to_the_byte_with_the_headers_that_may_prove_it(string? type)
    {
        byte[] body = [0x20, 0xff, 0x00, 0x7b];

        var answer = await Send("hook-club", body, type, ("X-Discourse-Event-Signature", "good"), ("X-Other", "one"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            """[{"uuid":"00000000-0000-0000-0000-000000000000","event":"ClubPostCreated","outcome":"counted"}]""",
            answer.Text.Replace(",\"field\":null,\"rule\":null", "", StringComparison.Ordinal));
        var passed = fixture.Host.Cluster.Webhook("hook-club").Last!;
        Assert.Equal(body, passed.Body);
        Assert.Equal("X-Discourse-Event-Signature", Assert.Single(passed.Headers).Name);
    }

    [Fact]
    public async Task A_token_of_ours_opens_nothing_and_what_proves_nothing_is_answered_alike()
    {
        var bearer = await Send("hook-none", [1], null, ("Authorization", $"Bearer {fixture.Host.Keys.Token("ingest")}"));
        var bad = await Send("hook-none", [1], null, ("Stk-Signature", "bad"));

        bearer.Problem(401, "signature-invalid");
        bad.Problem(401, "signature-invalid");
        Assert.Equal(bearer.WithoutTrace(), bad.WithoutTrace());
    }

    [Theory]
    [InlineData(WebhookVerdict.Unknown, 404, "not-found")]
    [InlineData(WebhookVerdict.NotConfigured, 503, "source-not-configured")]
    [InlineData(WebhookVerdict.Paused, 403, "source-paused")]
    [InlineData(WebhookVerdict.Unreadable, 400, "invalid-request")]
    [InlineData(WebhookVerdict.TypeNotAllowed, 403, "event-type-not-allowed")]
    public async Task A_verdict_has_its_answer(WebhookVerdict verdict, int status, string slug)
    {
        fixture.Host.Cluster.Webhook($"hook-{slug}").Verdict = verdict;

        (await Send($"hook-{slug}", [1], null)).Problem(status, slug);
    }

    [Fact]
    public async Task A_body_of_a_mebibyte_is_taken_and_one_byte_more_is_not()
    {
        var good = ("Stk-Signature", "good");

        Assert.Equal(HttpStatusCode.OK, (await Send("hook-large", new byte[1_048_576], null, good)).Status);
        (await Send("hook-large", new byte[1_048_577], null, good)).Problem(413, "body-too-large");
    }

    private async Task<Answer> Send(string source, byte[] body, string? type, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Post, $"{ApiHostUnderTest.Root}/sources/{source}/webhook")
        {
            Content = new ByteArrayContent(body),
        };
        if (type is not null)
        {
            request.Content.Headers.ContentType = new(type);
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await fixture.Host.Client.SendAsync(request);
        return await Answer.Of(response);
    }
}

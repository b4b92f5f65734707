using System.Net;
using System.Text;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Inputs;

/// <summary>Headers are read by HTTP's grammar: quotes, lists, weak tags, words in any case.</summary>
[Collection(ApiCollection.Name)]
public sealed class HeaderTests(ApiFixture fixture)
{
    private const string Event =
        """{"uuid":"0190c2f0-0000-7000-8000-000000000009","event":"ExerciseSave","distinct_id":"head-ann","timestamp":"2025-12-18T09:00:00Z"}""";

    [Theory]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("Application/JSON ; charset=utf-8")]
    [InlineData("application/json; charset=\"\\utf-8\"")]
    [InlineData("application/json; profile=\"a;b\"; charset=utf-8")]
    public async Task A_media_type_is_taken_in_every_spelling(string type) =>
        Assert.Equal(HttpStatusCode.OK, (await SendEvent(("Content-Type", type))).Status);

    [Theory]
    [InlineData("application/json; charset=\"utf-16\"")]
    [InlineData("application/json, application/json")]
    [InlineData("application/json; charset=\"utf-8")]
    [InlineData("\"application/json\"")]
    public async Task Another_or_a_malformed_media_type_is_not(string type) =>
        (await SendEvent(("Content-Type", type))).Problem(415, "unsupported-media-type");

    [Theory]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("Identity, identity")]
    public async Task A_body_may_be_said_to_be_as_it_is(string encoding) => Assert.Equal(
        HttpStatusCode.OK, (await SendEvent(("Content-Type", "application/json"), ("Content-Encoding", encoding))).Status);

    [Theory]
    [InlineData("gzip, gzip")]
    [InlineData("gzip, br")]
    [InlineData("deflate")]
    [InlineData("\"\"gzip")]
    public async Task Another_coding_than_gzip_once_is_not_taken(string encoding) =>
        (await SendEvent(("Content-Type", "application/json"), ("Content-Encoding", encoding))).Problem(415, "unsupported-encoding");

    [Theory]
    [InlineData("POST", "/transfer", "participant", "If-Match", "\"3\"")]
    [InlineData("POST", "/transfer", "participant", "If-Unmodified-Since", "Thu, 18 Dec 2025 09:00:00 GMT")]
    [InlineData("PUT", "/admin/services/head_service", "operator", "If-Unmodified-Since", "Thu, 18 Dec 2025 09:00:00 GMT")]
    [InlineData("POST", "/admin/rules", "operator", "If-Match", "*")]
    public async Task A_condition_that_a_write_does_not_look_at_is_refused(
        string method, string path, string role, string header, string value)
    {
        var answer = await fixture.Host.Write(
            method, path, fixture.Host.Keys.Token(role, "head-olga"), "{}", (header, value), ("Idempotency-Key", "head"));

        Assert.Equal([header], answer.Problem(400, "invalid-request"));
    }

    [Theory]
    [InlineData("GET", "/balance?participant=head-ann&atEnd=true", "operator", "atEnd")]
    [InlineData("GET", "/admin/approvals?status=waiting", "auditor", "status")]
    [InlineData("POST", "/transfer?dryRun=true", "participant", "dryRun")]
    [InlineData("POST", "/events?source=club", "ingest", "source")]
    [InlineData("PUT", "/admin/participants?id=head-ann&level=3", "operator", "level")]
    public async Task A_parameter_of_the_query_that_an_endpoint_does_not_know_is_refused(
        string method, string path, string role, string name)
    {
        var answer = await fixture.Host.Write(
            method, path, fixture.Host.Keys.Token(role, "head-olga"), "{}", ("Idempotency-Key", "head"));

        Assert.Equal([name], answer.Problem(400, "invalid-request"));
    }

    [Fact]
    public async Task On_a_read_a_condition_without_a_tag_is_ignored() => Assert.Equal(
        HttpStatusCode.OK,
        (await fixture.Host.Send(
            HttpMethod.Get, $"{ApiHostUnderTest.Root}/balance", fixture.Host.Keys.Token("participant", "head-ann"),
            headers: ("If-Match", "\"3\""))).Status);

    [Theory]
    [InlineData("bearer")]
    [InlineData("BEARER")]
    public async Task The_scheme_of_a_token_is_a_word_in_any_case(string scheme) => Assert.Equal(
        HttpStatusCode.OK,
        (await fixture.Host.Send(
            HttpMethod.Get, $"{ApiHostUnderTest.Root}/balance",
            headers: ("Authorization", $"{scheme} {fixture.Host.Keys.Token("participant", "head-ann")}"))).Status);

    [Theory]
    [InlineData("", 200)]
    [InlineData("TEXT/CSV", 200)]
    [InlineData("text/csv; header=\"present\"", 200)]
    [InlineData("application/json;q=0.9, text/*;q=0.1", 200)]
    [InlineData("text/*, text/csv;q=0", 406)]
    [InlineData("nonsense", 406)]
    public async Task What_is_accepted_is_read_as_a_list_of_ranges(string accept, int status) => Assert.Equal(
        status,
        (int)(await fixture.Host.Get(
            $"{ApiHostUnderTest.Root}/admin/weeks/2025-W51/export.csv", fixture.Host.Keys.Token("operator"), accept)).Status);

    [Fact]
    public async Task An_Idempotency_Key_is_compared_by_its_bytes_quotes_included()
    {
        const string Body = """{"to":"bob","amount":"1"}""";
        const string Other = """{"to":"bob","amount":"2"}""";
        var token = fixture.Host.Keys.Token("participant", "head-eve");
        var bare = Guid.NewGuid().ToString();

        var first = await fixture.Host.Write("POST", "/transfer", token, Body, ("Idempotency-Key", bare));
        var quoted = await fixture.Host.Write("POST", "/transfer", token, Other, ("Idempotency-Key", $"\"{bare}\""));
        var reused = await fixture.Host.Write("POST", "/transfer", token, Other, ("Idempotency-Key", bare));

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (first.Status, quoted.Status));
        reused.Problem(422, "idempotency-key-reused");
    }

    private async Task<Answer> SendEvent(params (string Name, string Value)[] headers)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Event));
        foreach (var (name, value) in headers)
        {
            content.Headers.TryAddWithoutValidation(name, value);
        }

        return await fixture.Host.Send(
            HttpMethod.Post, $"{ApiHostUnderTest.Root}/events", fixture.Host.Keys.Token("ingest"), content);
    }
}

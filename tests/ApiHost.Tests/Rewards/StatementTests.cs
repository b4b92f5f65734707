using System.Net;
using System.Text;
using System.Text.Json;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Faults;
using Stk.GrainInterfaces.Statements;
using Stk.Reports.Statements;
using Stk.Rules.Merkle;

namespace Stk.ApiHost.Tests.Rewards;

[Collection(ApiCollection.Name)]
public sealed class StatementTests(ApiFixture fixture)
{
    private const string Weekly = $"{ApiHostUnderTest.Root}/rewards/weekly?week=2025-W51";
    private const string Json = """{"week":"2025-W51","reward":"1584"}""";

    [Theory]
    [InlineData(null, "application/pdf")]
    [InlineData("*/*", "application/pdf")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8", "application/pdf")]
    [InlineData("application/pdf", "application/pdf")]
    [InlineData("application/*", "application/pdf")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json, text/plain, */*", "application/json")]
    [InlineData("application/json;q=0.9, */*;q=0.1", "application/json")]
    [InlineData("application/pdf;q=0, */*", "application/json")]
    [InlineData("text/csv", "text/csv")]
    [InlineData("text/*", "text/csv")]
    [InlineData("TEXT/CSV, application/json;q=0.9", "text/csv")]
    [InlineData("text/csv, */*", "text/csv")]
    [InlineData("text/csv;q=0.5, application/json;q=0.6", "application/json")]
    [InlineData("image/png", null)]
    [InlineData("*/*, application/pdf;q=0, application/json;q=0, text/csv;q=0", null)]
    [InlineData("*/*;q=0", null)]
    public async Task A_statement_is_served_as_what_the_client_likes_best(string? accept, string? type)
    {
        var answer = await fixture.Host.Get(Weekly, fixture.Host.Keys.Token("participant", "st-ann"), accept);

        if (type is null)
        {
            answer.Problem(406, "not-acceptable");
            return;
        }

        Assert.Equal((HttpStatusCode.OK, type), (answer.Status, answer.Type));
        Assert.Equal("Accept", answer.Headers["Vary"]);
        Assert.Equal(type == "application/pdf" ? "ru" : null, answer.Headers.GetValueOrDefault("Content-Language"));
    }

    [Theory]
    [InlineData("pdf", "application/pdf", "%PDF-1.4 Russian", "inline; filename=\"stk-2025-W51.pdf\"")]
    [InlineData("pdf&lang=en", "application/pdf", "%PDF-1.4 English", "inline; filename=\"stk-2025-W51.pdf\"")]
    [InlineData("json", "application/json", Json, null)]
    [InlineData("csv", "text/csv", "type,vests_days\r\n", "inline; filename=\"stk-2025-W51.csv\"")]
    public async Task A_format_is_served_whatever_the_client_accepts(string format, string type, string text, string? file)
    {
        var answer = await fixture.Host.Get(
            $"{Weekly}&format={format}", fixture.Host.Keys.Token("participant", "st-bob"), "image/png");

        Assert.Equal((HttpStatusCode.OK, type, text), (answer.Status, answer.Type, answer.Text));
        Assert.Equal(file, answer.Headers.GetValueOrDefault("Content-Disposition"));
    }

    [Fact]
    public async Task A_document_is_in_the_language_that_its_participant_has_chosen_unless_another_is_asked_for()
    {
        var token = fixture.Host.Keys.Token("participant", "st-lan");
        var notices = fixture.Host.Cluster.Notices("st-lan");
        notices.Choices = notices.Choices with { Language = "en" };

        Assert.Equal("%PDF-1.4 English", (await fixture.Host.Get(Weekly, token)).Text);
        Assert.Equal("%PDF-1.4 Russian", (await fixture.Host.Get($"{Weekly}&lang=ru", token)).Text);
    }

    [Fact]
    public async Task A_format_or_a_language_that_is_none_is_refused()
    {
        var token = fixture.Host.Keys.Token("participant", "st-cat");

        (await fixture.Host.Get($"{Weekly}&format=xls", token)).Problem(406, "not-acceptable");
        Assert.Equal(["lang"], (await fixture.Host.Get($"{Weekly}&lang=de", token)).Problem(400, "invalid-request"));
        Assert.Equal(
            ["lang"], (await fixture.Host.Get($"{Weekly}&lang=ru&lang=en", token)).Problem(400, "invalid-request"));
    }

    [Fact]
    public async Task Whoever_has_a_document_is_told_so_and_it_is_not_made_again()
    {
        var token = fixture.Host.Keys.Token("participant", "st-dan");
        var first = await fixture.Host.Get(Weekly, token);

        var again = await fixture.Host.Send(
            HttpMethod.Get, Weekly, token, headers: ("If-None-Match", $"\"other\", W/{first.Headers["ETag"]}"));
        var any = await fixture.Host.Send(HttpMethod.Get, Weekly, token, headers: ("If-None-Match", "*"));
        var other = await fixture.Host.Send(
            HttpMethod.Get, $"{Weekly}&format=csv", token, headers: ("If-None-Match", first.Headers["ETag"]));
        var english = await fixture.Host.Send(
            HttpMethod.Get, $"{Weekly}&lang=en", token, headers: ("If-None-Match", first.Headers["ETag"]));

        Assert.Equal("\"pdf-Russian\"", first.Headers["ETag"]);
        Assert.Equal((HttpStatusCode.NotModified, ""), (again.Status, again.Text));
        Assert.Equal(first.Headers["ETag"], again.Headers["ETag"]);
        Assert.Equal(HttpStatusCode.NotModified, any.Status);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (other.Status, english.Status));
        Assert.Equal<string>(["other", "pdf-Russian"], fixture.Host.Cluster.Statements("st-dan").Asked.ElementAt(1).Known);
    }

    [Theory]
    [InlineData("operator")]
    [InlineData("auditor")]
    public async Task Operators_and_auditors_fetch_anothers_and_leave_a_trace(string role)
    {
        var token = fixture.Host.Keys.Token(role, $"st-{role}");

        var statement = await fixture.Host.Get($"{Weekly}&participant=st-eve&lang=en&format=json", token);
        var report = await fixture.Host.Get(
            $"{ApiHostUnderTest.Root}/rewards/weekly/report?week=2025-W51&participant=st-eve", token);
        var unnamed = await fixture.Host.Get(Weekly, token);

        Assert.Equal(Json, statement.Text);
        Assert.Equal(StatementLanguage.English, fixture.Host.Cluster.Statements("st-eve").Asked.Last().Language);
        Assert.Equal("""{"week":"2025-W51","revision":1}""", report.Text);
        Assert.Equal(["participant"], unnamed.Problem(400, "invalid-request"));
    }

    [Fact]
    public async Task A_revision_is_asked_for_by_its_number()
    {
        var token = fixture.Host.Keys.Token("participant", "st-hal");

        Assert.Equal(HttpStatusCode.OK, (await fixture.Host.Get($"{Weekly}&revision=2", token)).Status);
        (await fixture.Host.Get($"{ApiHostUnderTest.Root}/rewards/weekly/report?week=2025-W51&revision=2", token))
            .Problem(404, "not-found");

        Assert.Equal(2, fixture.Host.Cluster.Statements("st-hal").Asked.Last().Revision);
        foreach (var none in new[] { "0", "-1", "two", "1.0", "" })
        {
            Assert.Equal(
                ["revision"], (await fixture.Host.Get($"{Weekly}&revision={none}", token)).Problem(400, "invalid-request"));
        }
    }

    [Fact]
    public async Task A_proof_is_for_its_owner_and_for_those_who_read_for_others()
    {
        const string proof = $"{ApiHostUnderTest.Root}/rewards/weekly/proof?week=2025-W51";
        var owner = fixture.Host.Keys.Token("participant", "st-ira");
        var own = await fixture.Host.Get(proof, owner);
        var again = await fixture.Host.Send(
            HttpMethod.Get, proof, owner, headers: ("If-None-Match", own.Headers["ETag"]));
        var auditor = fixture.Host.Keys.Token("auditor", "st-olga");

        Assert.Equal("""{"root":"00","signature":null}""", own.Text);
        Assert.Equal(HttpStatusCode.NotModified, again.Status);
        Assert.Equal(own.Text, (await fixture.Host.Get($"{proof}&participant=st-ira", auditor)).Text);
        (await fixture.Host.Get(proof, auditor)).Problem(400, "invalid-request");
        (await fixture.Host.Get($"{ApiHostUnderTest.Root}/rewards/weekly/proof?week=2025-W50", owner))
            .Problem(404, "not-found");
    }

    [Fact]
    public async Task The_proof_that_the_description_shows_is_one()
    {
        var example = (await fixture.Host.Get("/openapi/v1.json")).Json.GetProperty("paths")
            .GetProperty($"{ApiHostUnderTest.Root}/rewards/weekly/proof").GetProperty("get").GetProperty("responses")
            .GetProperty("200").GetProperty("content").GetProperty("application/json").GetProperty("example");

        var leaf = StatementProofJson.Leaf(
            Bytes(example.GetProperty("salt")), Encoding.UTF8.GetBytes(example.GetProperty("statement").GetRawText()));
        var neighbour = Assert.Single(example.GetProperty("path").EnumerateArray());

        Assert.Equal(
            Bytes(example.GetProperty("root")),
            MerkleTree.Climb(leaf, [new(IsLeft: false, Bytes(neighbour.GetProperty("hash")))]));

        static byte[] Bytes(JsonElement hex) => Convert.FromHexString(hex.GetString()!);
    }

    [Fact]
    public async Task Where_too_many_are_drawn_a_client_is_told_when_to_ask_again()
    {
        fixture.Host.Cluster.Statements("st-gus").Faults.Enqueue(new ClusterBusyException("too many"));

        var answer = await fixture.Host.Get(Weekly, fixture.Host.Keys.Token("participant", "st-gus"));

        answer.Problem(503, "busy");
        Assert.Equal("1", answer.Headers["Retry-After"]);
    }

    [Fact]
    public async Task A_week_that_gave_nothing_has_neither_statement_nor_report()
    {
        var token = fixture.Host.Keys.Token("participant", "st-fay");

        (await fixture.Host.Get($"{ApiHostUnderTest.Root}/rewards/weekly?week=2025-W50", token)).Problem(404, "not-found");
        (await fixture.Host.Get($"{ApiHostUnderTest.Root}/rewards/weekly/report?week=2025-W50", token))
            .Problem(404, "not-found");
    }
}

using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stk.ApiHost.Operators;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.OpenApi;

[Collection(ApiCollection.Name)]
public sealed class OpenApiTests(ApiFixture fixture)
{
    // Pages behind links that people are sent, and where other systems deliver in their own form: who calls them reads no
    // document.
    private static readonly string[] Undescribed =
    [
        $"get {ApiHostUnderTest.Root}/notices/confirm/{{token}}", $"get {ApiHostUnderTest.Root}/unsubscribe/{{link}}",
        $"post {ApiHostUnderTest.Root}/notices/confirm/{{token}}", $"post {ApiHostUnderTest.Root}/unsubscribe/{{link}}",
        $"post {ApiHostUnderTest.Root}/sources/{{name}}/webhook",
    ];

    // What is dropped is chosen, and said why, as what is replayed is.
    private const string DeleteWithReason = $"delete {ApiHostUnderTest.Root}/admin/sources/{{name}}/quarantine";

    // For anybody.
    private static readonly string[] Public = ["/rules", "/rules/{version}", "/stats/reserves"];

    // All that they do is in their address.
    private static readonly string[] Bodyless =
    [
        $"post {ApiHostUnderTest.Root}/notices/{{id}}/read", $"post {ApiHostUnderTest.Root}/notices/webhook/secret",
        $"post {ApiHostUnderTest.Root}/notices/{{channel}}/confirmation",
    ];

    private ProblemCatalogue Catalogue => fixture.Host.Services.GetRequiredService<ProblemCatalogue>();

    [Fact]
    public async Task The_OpenAPI_3_1_document_lists_every_endpoint_of_the_API_and_no_other()
    {
        var document = await Document();
        var mapped = fixture.Host.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(ApiHostUnderTest.Root, StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Where(method => method != "HEAD")
                .Select(method => $"{method.ToLowerInvariant()} {endpoint.RoutePattern.RawText}"));

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            mapped.Order(StringComparer.Ordinal),
            Operations(document).Select(o => o.Name).Concat(Undescribed).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_has_a_summary_a_success_its_problems_and_its_token()
    {
        foreach (var (name, operation) in Operations(await Document()))
        {
            Assert.True(operation.TryGetProperty("summary", out _), $"{name} has no summary");
            Assert.True(
                operation.TryGetProperty("security", out _)
                    != Public.Any(path => name == $"get {ApiHostUnderTest.Root}{path}"),
                $"{name} asks for a token, or for none");
            var responses = operation.GetProperty("responses").EnumerateObject().ToDictionary(r => r.Name, r => r.Value);
            Assert.True(responses.Keys.Any(status => status[0] == '2'), $"{name} has no success");
            foreach (var status in new[] { "400", "401", "403", "500", "503" })
            {
                Assert.True(responses.TryGetValue(status, out var response), $"{name} has no {status}");
                Assert.True(
                    response.GetProperty("content").TryGetProperty("application/problem+json", out _), $"{name} {status}");
            }

            var takesBody = name.StartsWith("put", StringComparison.Ordinal) || name == DeleteWithReason
                || (name.StartsWith("post", StringComparison.Ordinal) && !Bodyless.Contains(name));
            Assert.True(takesBody == operation.TryGetProperty("requestBody", out _), $"{name} takes a body: {takesBody}");
        }
    }

    [Fact]
    public async Task Money_is_a_string_with_a_pattern_and_numbers_are_numbers()
    {
        var document = await Document();
        var schemas = document.GetProperty("components").GetProperty("schemas");

        var available = Resolve(schemas, schemas.GetProperty("BalanceView").GetProperty("properties").GetProperty("available"));
        Assert.Equal("string", available.GetProperty("type").GetString());
        Assert.StartsWith("^", available.GetProperty("pattern").GetString(), StringComparison.Ordinal);
        var weeks = schemas.GetProperty("StreakView").GetProperty("properties").GetProperty("weeksInRow");
        Assert.Equal("integer", weeks.GetProperty("type").GetString());
    }

    [Fact]
    public async Task Every_type_of_problem_is_named_by_an_endpoint_that_may_answer_it()
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, operation) in Operations(await Document()))
        {
            foreach (var (status, example) in Problems(operation))
            {
                var type = Catalogue.Find(example.Name);
                Assert.True(type is not null, $"{name} names {example.Name}, which is none");
                Assert.Equal(type.Status, status);
                Assert.Equal(type.Uri, example.Value.GetProperty("value").GetProperty("type").GetString());
                named.Add(example.Name);
            }
        }

        // Of addresses that are not the API's, and of methods that are not theirs.
        string[] elsewhere =
        [
            OperatorProblems.SignInCodeInvalid.Slug, ProblemTypes.MethodNotAllowed.Slug, "form-not-ours", "signature-invalid",
            "source-not-configured",
        ];
        Assert.Equal(
            Catalogue.All.Select(type => type.Slug).Except(elsewhere).Order(StringComparer.Ordinal),
            named.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_body_and_every_JSON_answer_has_an_example()
    {
        foreach (var (name, operation) in Operations(await Document()))
        {
            if (operation.TryGetProperty("requestBody", out var body))
            {
                Assert.All(
                    body.GetProperty("content").EnumerateObject(),
                    form => Assert.True(form.Value.TryGetProperty("example", out _), $"{name}: {form.Name}"));
            }

            foreach (var answer in operation.GetProperty("responses").EnumerateObject().Where(one => one.Name[0] == '2'))
            {
                var content = answer.Value.GetProperty("content");
                Assert.True(
                    !content.TryGetProperty("application/json", out var json) || json.TryGetProperty("example", out _),
                    $"{name}: {answer.Name}");
            }
        }
    }

    [Fact]
    public async Task An_example_of_a_transfer_can_be_sent_as_it_stands()
    {
        var operation = (await Document()).GetProperty("paths").GetProperty($"{ApiHostUnderTest.Root}/transfer").GetProperty("post");
        var body = operation.GetProperty("requestBody").GetProperty("content").GetProperty("application/json").GetProperty("example");
        var key = operation.GetProperty("parameters").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "Idempotency-Key");

        var answer = await fixture.Host.Write(
            "POST", "/transfer", fixture.Host.Keys.Token("participant", "open-ann"), body.GetRawText(),
            ("Idempotency-Key", key.GetProperty("example").GetString()!));

        Assert.True(key.GetProperty("required").GetBoolean());
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.Status);
    }

    [Fact]
    public async Task Headings_are_words_and_each_is_explained()
    {
        var document = await Document();
        var explained = document.GetProperty("tags").EnumerateArray().ToDictionary(
            tag => tag.GetProperty("name").GetString()!, tag => tag.GetProperty("description").GetString());

        foreach (var (name, operation) in Operations(document))
        {
            var tag = Assert.Single(operation.GetProperty("tags").EnumerateArray()).GetString()!;
            Assert.True(explained.ContainsKey(tag), $"{name} stands under {tag}");
            Assert.DoesNotContain("Endpoints", tag, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("post", "/transfer", "Idempotency-Key", true)]
    [InlineData("put", "/services/{id}", "Idempotency-Key", false)]
    [InlineData("put", "/services/{id}", "If-Match", false)]
    [InlineData("get", "/balance", "If-None-Match", false)]
    [InlineData("get", "/balance", "Stk-Sequence", false)]
    [InlineData("get", "/balance/stream", "Last-Event-ID", false)]
    [InlineData("get", "/notices/stream", "Last-Event-ID", false)]
    public async Task Headers_that_an_endpoint_reads_are_described(
        string method, string path, string header, bool isRequired)
    {
        var operation = (await Document()).GetProperty("paths").GetProperty(ApiHostUnderTest.Root + path).GetProperty(method);

        var parameter = operation.GetProperty("parameters").EnumerateArray().Single(one => one.GetProperty("name").GetString() == header);
        Assert.Equal("header", parameter.GetProperty("in").GetString());
        Assert.Equal(isRequired, parameter.TryGetProperty("required", out var required) && required.GetBoolean());
        Assert.NotEmpty(parameter.GetProperty("description").GetString()!);
    }

    private static IEnumerable<(int Status, JsonProperty Example)> Problems(JsonElement operation) =>
        from response in operation.GetProperty("responses").EnumerateObject()
        where response.Value.TryGetProperty("content", out _)
        from content in response.Value.GetProperty("content").EnumerateObject()
        where content.Name == "application/problem+json"
        from example in content.Value.GetProperty("examples").EnumerateObject()
        select (int.Parse(response.Name, System.Globalization.CultureInfo.InvariantCulture), example);

    private static JsonElement Resolve(JsonElement schemas, JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference)
            ? schemas.GetProperty(reference.GetString()!.Split('/')[^1])
            : schema;

    private static IEnumerable<(string Name, JsonElement Operation)> Operations(JsonElement document) =>
        from path in document.GetProperty("paths").EnumerateObject()
        from operation in path.Value.EnumerateObject()
        select ($"{operation.Name} {path.Name}", operation.Value);

    private async Task<JsonElement> Document() => (await fixture.Host.Get("/openapi/v1.json")).Json;
}

using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.OpenApi;

[Collection(ApiCollection.Name)]
public sealed class OpenApiTests(ApiFixture fixture)
{
    [Fact]
    public async Task The_document_is_3_1_and_lists_every_endpoint_of_the_API_and_no_other()
    {
        var document = await Document();
        var mapped = fixture.Host.Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith(ApiHostUnderTest.Root, StringComparison.Ordinal))
            .SelectMany(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                .Select(method => $"{method.ToLowerInvariant()} {endpoint.RoutePattern.RawText}"));

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        Assert.Equal(mapped.Order(StringComparer.Ordinal), Operations(document).Select(o => o.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_operation_has_a_summary_a_success_its_problems_and_its_token()
    {
        foreach (var (name, operation) in Operations(await Document()))
        {
            Assert.True(operation.TryGetProperty("summary", out _), $"{name} has no summary");
            Assert.True(operation.TryGetProperty("security", out _), $"{name} asks for no token");
            var responses = operation.GetProperty("responses").EnumerateObject().ToDictionary(r => r.Name, r => r.Value);
            Assert.True(responses.Keys.Any(status => status[0] == '2'), $"{name} has no success");
            foreach (var status in new[] { "400", "401", "403", "500", "503" })
            {
                Assert.True(responses.TryGetValue(status, out var response), $"{name} has no {status}");
                Assert.True(
                    response.GetProperty("content").TryGetProperty("application/problem+json", out _), $"{name} {status}");
            }

            var takesBody = name.StartsWith("post", StringComparison.Ordinal) || name.StartsWith("put", StringComparison.Ordinal);
            Assert.Equal(takesBody, operation.TryGetProperty("requestBody", out _));
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

using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Stk.ApiHost.Pages;

namespace Stk.ApiHost.Tests.Hosting;

/// <summary>
/// HEAD and OPTIONS, which HTTP gives to every address: whatever is mapped to GET, also what comes tomorrow.
/// </summary>
[Collection(ApiCollection.Name)]
public sealed partial class FreeMethodTests(ApiFixture fixture)
{
    private const string Uuid = "0190c2f0-0000-7000-8000-000000000001";

    // A sign-in link is good once, and HEAD would use it up; the dashboard is its makers'.
    private static readonly string[] WithoutHead = ["/ops/sign-in", "/ops/orleans", "/sign-in/link"];

    // What differs between any two answers, or is known only where the body is made.
    private static readonly string[] OfItsOwn = ["Date", "Transfer-Encoding", "Content-Length"];

    private static readonly Dictionary<string, string> Places = new(StringComparer.Ordinal)
    {
        ["week"] = "2025-W51",
        ["id"] = "mentor_session",
        ["service"] = "mentor_session",
        ["name"] = "club",
        ["slug"] = "busy",
        ["form"] = "pdf",
        ["link"] = "weekly",
        ["quarter"] = "2026-Q1",
        ["token"] = "0123456789abcdef",
    };

    private static readonly Dictionary<string, string> Addresses = new(StringComparer.Ordinal)
    {
        [$"{ApiHostUnderTest.Root}/admin/purchases/{{id}}"] = $"{ApiHostUnderTest.Root}/admin/purchases/{Uuid}",
        [$"{ApiHostUnderTest.Root}/admin/approvals/{{id}}"] = $"{ApiHostUnderTest.Root}/admin/approvals/{Uuid}",
        [$"{ApiHostUnderTest.Root}/wallet/payouts/{{id}}"] = $"{ApiHostUnderTest.Root}/wallet/payouts/{Uuid}",
        [$"{ApiHostUnderTest.Root}/admin/vesting"] = $"{ApiHostUnderTest.Root}/admin/vesting?state=waiting",
        [$"{ApiHostUnderTest.Root}/admin/vesting/export.csv"] =
            $"{ApiHostUnderTest.Root}/admin/vesting/export.csv?from=2025-12-01&to=2025-12-31",
        [$"{ApiHostUnderTest.Root}/admin/participants"] = $"{ApiHostUnderTest.Root}/admin/participants?id=ann",
        [$"{ApiHostUnderTest.Root}/admin/identities"] = $"{ApiHostUnderTest.Root}/admin/identities?participant=ann",
        [$"{ApiHostUnderTest.Root}/admin/settlement/batches/{{id}}"] =
            $"{ApiHostUnderTest.Root}/admin/settlement/batches/{Uuid}",
        [$"{ApiHostUnderTest.Root}/admin/chain/acts/{{id}}"] = $"{ApiHostUnderTest.Root}/admin/chain/acts/{Uuid}",
        [$"{ApiHostUnderTest.Root}/transactions/{{id}}"] = $"{ApiHostUnderTest.Root}/transactions/{Uuid}",
        [$"{ApiHostUnderTest.Root}/rules/{{version}}"] = $"{ApiHostUnderTest.Root}/rules/1",
        [$"{ApiHostUnderTest.Root}/balance/daily"] = $"{ApiHostUnderTest.Root}/balance/daily?from=2025-12-01&to=2025-12-18",
        [$"{ApiHostUnderTest.Root}/recipient"] = $"{ApiHostUnderTest.Root}/recipient?id=bob",
        [$"{ApiHostUnderTest.Root}/activity"] = $"{ApiHostUnderTest.Root}/activity?week=2025-W51",
        [$"{ApiHostUnderTest.Root}/rewards/weekly"] = $"{ApiHostUnderTest.Root}/rewards/weekly?week=2025-W51",
        [$"{ApiHostUnderTest.Root}/rewards/weekly/report"] = $"{ApiHostUnderTest.Root}/rewards/weekly/report?week=2025-W51",
        [$"{ApiHostUnderTest.Root}/rewards/weekly/proof"] = $"{ApiHostUnderTest.Root}/rewards/weekly/proof?week=2025-W51",
    };

    [Fact]
    public async Task Whatever_answers_GET_answers_HEAD_with_its_status_and_headers_and_no_body()
    {
        var patterns = Gets().ToList();
        await fixture.Host.Write(
            "PUT", "/admin/sources/club", fixture.Host.Keys.Token("operator"), """{"required":true}""");

        Assert.Contains("/health/live", patterns);
        Assert.Contains("/openapi/v1.json", patterns);
        Assert.Contains($"{ApiHostUnderTest.Root}/balance/stream", patterns);
        Assert.Contains($"{ApiHostUnderTest.Root}/notices/stream", patterns);
        foreach (var pattern in patterns)
        {
            var address = pattern == "/assets/{name}"
                ? fixture.Host.Services.GetRequiredService<PageAssets>().Style
                : Addresses.GetValueOrDefault(pattern) ?? Parameter().Replace(
                pattern, match => Places.GetValueOrDefault(match.Groups[1].Value, ""));
            var token = fixture.Host.Keys.Token(
                pattern.Contains("/admin", StringComparison.Ordinal) || pattern == "/metrics" ? "operator" : "participant", "ann");

            // Headers alone: the stream's answer to GET does not end.
            using var get = await Ask(HttpMethod.Get, address, token);
            using var head = await Ask(HttpMethod.Head, address, token);

            Assert.True(get.StatusCode == head.StatusCode, $"{address}: {get.StatusCode} and {head.StatusCode}");
            // A page of somebody's leads to the sign-in.
            Assert.True(
                (int)get.StatusCode < 300 || get.StatusCode == HttpStatusCode.SeeOther
                || pattern.StartsWith("/docs", StringComparison.Ordinal), $"{address}: {get.StatusCode}");
            Assert.Equal(Headers(get), Headers(head));
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());
            if (get.Content.Headers.ContentLength is { } length && head.Content.Headers.ContentLength is { } told)
            {
                Assert.Equal(length, told);
            }
        }
    }

    [Fact]
    public void No_endpoint_that_answers_GET_is_without_HEAD() => Assert.Empty(
        Endpoints().Where(endpoint => !WithoutHead.Any(path => Pattern(endpoint).StartsWith(path, StringComparison.Ordinal)))
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is not { } methods
                || (methods.HttpMethods.Contains("GET") && !methods.HttpMethods.Contains("HEAD")))
            .Select(Pattern));

    [Fact]
    public async Task A_HEAD_that_is_refused_is_refused_as_GET_is()
    {
        using var get = await Ask(HttpMethod.Get, $"{ApiHostUnderTest.Root}/balance", token: null);
        using var head = await Ask(HttpMethod.Head, $"{ApiHostUnderTest.Root}/balance", token: null);

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.Unauthorized), (get.StatusCode, head.StatusCode));
        Assert.Equal(Headers(get), Headers(head));
        Assert.Equal(get.Content.Headers.ContentLength, head.Content.Headers.ContentLength);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task HEAD_of_a_long_export_reads_no_more_than_its_beginning()
    {
        await using var host = await ApiHostUnderTest.Start();
        var week = host.Cluster.Week("2025-W51");
        week.Parts = ["date,user_id,points\r\n", "2025-12-21,ann,1\r\n", "2025-12-21,bob,1\r\n"];

        var answer = await host.Send(
            HttpMethod.Head, $"{ApiHostUnderTest.Root}/admin/weeks/2025-W51/export.csv", host.Keys.Token("operator"));

        Assert.Equal((HttpStatusCode.OK, "text/csv", ""), (answer.Status, answer.Type, answer.Text));
        Assert.Equal([null], week.Cursors);
    }

    [Theory]
    [InlineData("/balance", "GET, HEAD, OPTIONS")]
    [InlineData("/transfer", "POST, OPTIONS")]
    [InlineData("/services/mentor_session", "GET, HEAD, PUT, OPTIONS")]
    public async Task OPTIONS_and_a_405_name_the_methods_of_an_address(string path, string methods)
    {
        var token = fixture.Host.Keys.Token("participant", "ann");
        var options = await fixture.Host.Send(HttpMethod.Options, ApiHostUnderTest.Root + path, token);
        var other = await fixture.Host.Send(HttpMethod.Delete, ApiHostUnderTest.Root + path, token);

        Assert.Equal((HttpStatusCode.NoContent, ""), (options.Status, options.Text));
        other.Problem(405, "method-not-allowed");
        Assert.Equal(
            [Sorted(methods), Sorted(methods)], [Sorted(options.Headers["Allow"]), Sorted(other.Headers["Allow"])]);
    }

    [Fact]
    public async Task OPTIONS_of_what_is_not_there_is_a_problem() =>
        (await fixture.Host.Send(HttpMethod.Options, $"{ApiHostUnderTest.Root}/nothing")).Problem(404, "not-found");

    private static string Sorted(string methods) => string.Join(' ', methods.Split(", ").Order(StringComparer.Ordinal));

    private static string Pattern(RouteEndpoint endpoint) => $"/{endpoint.RoutePattern.RawText?.TrimStart('/')}";

    private static IEnumerable<string> Headers(HttpResponseMessage response) =>
        response.Headers.Concat(response.Content.Headers)
        .Where(header => !OfItsOwn.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
        .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal);

    private IEnumerable<RouteEndpoint> Endpoints() => fixture.Host.Services.GetServices<EndpointDataSource>()
        .SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
        // The framework's answers of 405 stand beside the endpoints.
        .Where(endpoint => endpoint.RoutePattern.RawText is not null);

    private IEnumerable<string> Gets() => Endpoints()
        .Where(
            endpoint =>
                endpoint.Metadata.GetMetadata<IHttpMethodMetadata>() is { } methods && methods.HttpMethods.Contains("HEAD"))
        .Select(Pattern).Distinct();

    private async Task<HttpResponseMessage> Ask(HttpMethod method, string address, string? token)
    {
        using var request = new HttpRequestMessage(method, address);
        if (token is not null)
        {
            request.Headers.Add("Authorization", $"Bearer {token}");
        }

        return await fixture.Host.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    [GeneratedRegex("\\{([a-zA-Z]+)[^}]*\\}")]
    private static partial Regex Parameter();
}

using System.Collections.Immutable;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Problems;

[Collection(ApiCollection.Name)]
public sealed class ProblemTests(ApiFixture fixture)
{
    private ImmutableArray<ProblemType> Types => fixture.Host.Services.GetRequiredService<ProblemCatalogue>().All;

    [Theory]
    [InlineData("/nothing")]
    [InlineData("/api/v1/tokenomics")]
    [InlineData("/api/v1/tokenomics/nothing")]
    [InlineData("/problems/nothing")]
    public async Task An_address_that_does_not_exist_is_a_problem(string address) =>
        (await fixture.Host.Get(address, fixture.Host.Keys.Token("operator"))).Problem(404, "not-found");

    [Fact]
    public async Task A_wrong_method_is_a_problem_that_names_the_allowed_ones()
    {
        var answer = await fixture.Host.Send(
            HttpMethod.Delete, ApiHostUnderTest.Root + "/balance", fixture.Host.Keys.Token("participant"));

        answer.Problem(405, "method-not-allowed");
        Assert.Equal("GET, HEAD, OPTIONS", answer.Headers["Allow"]);
    }

    [Fact]
    public async Task Every_type_has_its_page()
    {
        foreach (var type in Types)
        {
            var page = await fixture.Host.Get(type.Uri);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(WebUtility.HtmlEncode(type.Meaning), page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Slugs_are_unique() =>
        Assert.Equal(Types.Length, Types.Select(type => type.Slug).Distinct().Count());

    [Theory]
    [InlineData("Content-Length: 2", false)]
    [InlineData("X-Request-Id: 2", true)]
    public async Task A_request_with_both_a_length_and_chunks_is_refused_and_the_connection_closed(
        string header, bool passes)
    {
        var answer = await RawHttp.Send(fixture.Host.Address, $"""
            POST {ApiHostUnderTest.Root}/admin/weeks/2025-W51/close HTTP/1.1
            Host: stk
            Authorization: Bearer {fixture.Host.Keys.Token("operator")}
            Content-Type: application/json
            {header}
            Transfer-Encoding: chunked
            {(passes ? "Connection: close\n" : "")}
            2
            {"{}"}
            0


            """.ReplaceLineEndings("\r\n"));

        Assert.StartsWith(passes ? "HTTP/1.1 20" : "HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Equal(!passes, answer.Contains("/problems/malformed-request", StringComparison.Ordinal));
        Assert.Contains("Connection: close", answer, StringComparison.OrdinalIgnoreCase);
    }
}

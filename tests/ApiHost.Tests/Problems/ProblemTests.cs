using System.Net;
using Stk.ApiHost.Problems;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Problems;

[Collection(ApiCollection.Name)]
public sealed class ProblemTests(ApiFixture fixture)
{
    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/tokenomics")]
    [InlineData("/api/v1/tokenomics/nothing")]
    [InlineData("/problems/nothing")]
    public async Task An_address_that_does_not_exist_is_a_problem(string address) =>
        (await fixture.Host.Get(address, fixture.Host.Keys.Token("operator"))).Problem(404, "not-found");

    [Fact]
    public async Task Another_method_is_a_problem_that_names_the_right_ones()
    {
        var answer = await fixture.Host.Send(
            HttpMethod.Delete, ApiHostUnderTest.Root + "/balance", fixture.Host.Keys.Token("participant"));

        answer.Problem(405, "method-not-allowed");
        Assert.Equal("GET", answer.Headers["Allow"]);
    }

    [Fact]
    public async Task Every_type_has_its_page()
    {
        foreach (var type in ProblemTypes.All)
        {
            var page = await fixture.Host.Get(type.Uri);
            Assert.Equal(HttpStatusCode.OK, page.Status);
            Assert.Contains(WebUtility.HtmlEncode(type.Meaning), page.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Slugs_are_unique() =>
        Assert.Equal(ProblemTypes.All.Length, ProblemTypes.All.Select(type => type.Slug).Distinct().Count());

    [Fact]
    public async Task A_request_with_both_a_length_and_chunks_is_refused_and_the_connection_closed()
    {
        var answer = await RawHttp.Send(fixture.Host.Address, $"""
            POST {ApiHostUnderTest.Root}/events HTTP/1.1
            Host: stk
            Content-Type: application/json
            Content-Length: 2
            Transfer-Encoding: chunked

            2
            []
            0


            """.ReplaceLineEndings("\r\n"));

        Assert.StartsWith("HTTP/1.1 4", answer, StringComparison.Ordinal);
        Assert.Contains("Connection: close", answer, StringComparison.OrdinalIgnoreCase);
    }
}

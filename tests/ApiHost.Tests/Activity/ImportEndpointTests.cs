using System.Net;
using System.Text;
using Stk.ApiHost.Tests.Hosting;
using Stk.GrainInterfaces.Sources;

namespace Stk.ApiHost.Tests.Activity;

/// <summary>Files that a source's system has exported: what is passed on to the silo, and what the source is told.</summary>
[Collection(ApiCollection.Name)]
public sealed class ImportEndpointTests(ApiFixture fixture)
{
    [Fact]
    public async Task Lines_are_passed_on_to_the_byte_and_what_became_of_them_is_summed()
    {
        var answer = await Send("import-ph", "{\"a\": 1}\n\n\"bad\"\n\"nothing\"\r\n" + new string('x', 65_537) + "\n{}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            """
            {"lines":5,"outcomes":{"counted":2,"rejected":2},"nothing":1,"rejected":[{"line":2,"uuid":null,"field":"event","rule":"must be good"},{"line":4,"uuid":null,"field":"line","rule":"must be one JSON object of at most 65,536 bytes in UTF-8, without a name twice"}]}
            """,
            answer.Text);
        var passed = Assert.Single(fixture.Host.Cluster.Import("import-ph").Requests);
        Assert.Equal("import-ph", passed.By);
        Assert.Equal("{\"a\": 1}", Encoding.UTF8.GetString(passed.Lines[0]));
    }

    [Fact]
    public async Task A_body_that_is_cut_stores_nothing_and_many_lines_go_in_shares()
    {
        (await Send("import-cut", "{}\n{\"a\":")).Problem(400, "truncated-body");
        Assert.Empty(fixture.Host.Cluster.Import("import-cut").Requests);

        await Send("import-many", string.Concat(Enumerable.Repeat("{}\n", 2_001)));
        Assert.Equal([1_000, 1_000, 1], fixture.Host.Cluster.Import("import-many").Requests.Select(one => one.Lines.Length));
    }

    [Theory]
    [InlineData(ImportVerdict.Unknown, 403, "source-unknown")]
    [InlineData(ImportVerdict.Paused, 403, "source-paused")]
    [InlineData(ImportVerdict.NoFiles, 422, "source-without-files")]
    public async Task A_verdict_has_its_answer(ImportVerdict verdict, int status, string slug)
    {
        fixture.Host.Cluster.Import($"import-{slug}").Verdict = verdict;

        (await Send($"import-{slug}", "{}")).Problem(status, slug);
    }

    [Theory]
    [InlineData(ImportVerdict.Unknown, 403, "source-unknown")]
    [InlineData(ImportVerdict.Paused, 403, "source-paused")]
    public async Task A_source_that_ends_in_the_middle_is_told_what_is_stored(ImportVerdict verdict, int status, string slug)
    {
        var source = fixture.Host.Cluster.Import($"import-half-{slug}");
        (source.Verdict, source.TakesFirst) = (verdict, 2);

        var answer = await Send($"import-half-{slug}", string.Concat(Enumerable.Repeat("{}\n", 3_001)));

        answer.Problem(status, slug);
        var detail = answer.Json.GetProperty("detail").GetString()!;
        Assert.Contains("The first 2000 lines have been taken in", detail, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing has been stored", detail, StringComparison.Ordinal);
        Assert.Equal(3, source.Requests.Count);
    }

    private async Task<Answer> Send(string source, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
        return await fixture.Host.Send(
            HttpMethod.Post, $"{ApiHostUnderTest.Root}/sources/{source}/import",
            fixture.Host.Keys.Token("ingest", source), content);
    }
}

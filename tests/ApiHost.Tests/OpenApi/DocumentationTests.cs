using System.Net;
using System.Text.RegularExpressions;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.OpenApi;

/// <summary>The page that shows the API's description.</summary>
[Collection(ApiCollection.Name)]
public sealed partial class DocumentationTests(ApiFixture fixture)
{
    [Fact]
    public async Task The_page_and_all_that_it_loads_come_from_this_host()
    {
        var page = await fixture.Host.Get("/docs/");

        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.Type));
        Assert.DoesNotMatch("https?://", page.Text);
        Assert.Contains("\"withDefaultFonts\":false", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("proxyUrl", page.Text, StringComparison.Ordinal);
        var scripts = Source().Matches(page.Text).Select(match => match.Groups[1].Value).ToList();
        Assert.NotEmpty(scripts);
        foreach (var script in scripts)
        {
            var asset = await fixture.Host.Get($"/docs/{script}");
            Assert.Equal(HttpStatusCode.OK, asset.Status);
            Assert.NotEmpty(asset.Text);
        }

        Assert.Equal(HttpStatusCode.OK, (await fixture.Host.Get("/openapi/v1.json")).Status);
    }

    [Fact]
    public async Task A_browser_is_told_to_ask_no_other_host_whatever_the_script_wants()
    {
        var policy = (await fixture.Host.Get("/docs/")).Headers["Content-Security-Policy"];

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("connect-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", policy, StringComparison.Ordinal);
    }

    [GeneratedRegex("""src="([^"]+)"|from '\./([^']+)'""")]
    private static partial Regex Source();
}

using System.Net;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Authentication;

/// <summary>A silo is shown whose call it is by what this host was shown.</summary>
[Collection(ApiCollection.Name)]
public sealed class CallersTokenTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_requests_token_goes_with_the_calls_that_are_made_for_it()
    {
        var host = fixture.Host;
        var token = host.Keys.Token("participant", "token-ann");
        // The second one is known from the first.
        for (var request = 0; request < 2; request++)
        {
            Assert.Equal(HttpStatusCode.OK, (await host.Get(ApiHostUnderTest.Root + "/balance", token)).Status);

            Assert.Equal(token, host.Cluster.Tokens["token-ann"]);
            host.Cluster.Tokens.Clear();
        }
    }

    [Fact]
    public async Task A_sign_in_code_goes_with_its_redeeming()
    {
        var host = fixture.Host;
        var code = host.Keys.Code(id: "token-code");

        Assert.Equal(HttpStatusCode.Redirect, (await host.Get($"/ops/sign-in?code={code}")).Status);

        Assert.Equal(code, host.Cluster.Tokens["token-code"]);
    }
}

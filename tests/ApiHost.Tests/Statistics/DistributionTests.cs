using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Statistics;

[Collection(ApiCollection.Name)]
public sealed class DistributionTests(ApiFixture fixture)
{
    [Fact]
    public async Task The_distribution_shows_shares_under_pseudonyms_and_no_sum() => Assert.Equal(
        """{"at":"1970-01-01T00:00:00+00:00","funds":[{"name":"rewards","balance":"0.000005"}],"holders":3,"classes":[{"from":"0","below":"10","holders":2,"shareBp":1000},{"from":"10","below":null,"holders":1,"shareBp":9000}],"top":[{"pseudonym":"k3q7","shareBp":9000}],"gini":"0.0215"}""",
        (await fixture.Host.Get($"{ApiHostUnderTest.Root}/stats/distribution", fixture.Host.Keys.Token("participant"))).Text);
}

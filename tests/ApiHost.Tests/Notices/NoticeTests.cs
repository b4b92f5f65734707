using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Notices;

[Collection(ApiCollection.Name)]
public sealed class NoticeTests(ApiFixture fixture)
{
    [Fact]
    public async Task A_notice_is_its_kind_and_what_there_is_to_tell()
    {
        var answer = await fixture.Host.Get(
            $"{ApiHostUnderTest.Root}/notices?limit=1", fixture.Host.Keys.Token("participant", "no-ann"));

        Assert.Equal("good", answer.Json.GetProperty("next").GetString());
        var item = answer.Json.GetProperty("items")[0];
        Assert.Equal(
            ["id", "kind", "at", "values", "read"], item.EnumerateObject().Select(member => member.Name));
        Assert.Equal("vesting.released", item.GetProperty("kind").GetString());
        Assert.Equal("""{"week":"2025-W51","released":"6.666667"}""", item.GetProperty("values").GetRawText());
        Assert.False(item.GetProperty("read").GetBoolean());
        Assert.Equal(new(null, 1), fixture.Host.Cluster.Participant("no-ann").LastPage);
    }
}

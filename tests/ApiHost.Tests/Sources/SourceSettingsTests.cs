using System.Text.Json;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Sources;

/// <summary>What operators set of a source, and how it is shown.</summary>
[Collection(ApiCollection.Name)]
public sealed class SourceSettingsTests(ApiFixture fixture)
{
    [Fact]
    public async Task Settings_are_given_whole_and_shown_with_their_defaults()
    {
        var put = await Put("set-posthog", """
            {"kind":"posthog","address":"https://ph.example/","project":3,"types":["PageView"],"map":{"$pageview":"PageView"},
             "mayRegister":true,"pull":{"everySeconds":60,"settleMinutes":0,"from":"2026-01-01T00:00:00Z"}}
            """);

        var json = put.Json;
        Assert.Equal("https://ph.example", json.GetProperty("address").GetString());
        Assert.Equal(60, json.GetProperty("pull").GetProperty("requestsPerMinute").GetInt32());
        Assert.Equal("PageView", json.GetProperty("map").GetProperty("$pageview").GetString());
        Assert.True(json.GetProperty("active").GetBoolean());
        Assert.Equal("idle", json.GetProperty("state").GetString());
        var asked = fixture.Host.Cluster.Source("set-posthog").LastPut;
        Assert.True(asked is { KeepsCompleteTo: true, KeepsRequired: true, Settings: not null });
        Assert.Equal(put.Text, (await Get("/admin/sources/set-posthog")).Text);
    }

    [Fact]
    public async Task A_watermark_alone_leaves_the_settings_as_they_are()
    {
        await Put("set-mark", """{"required":true,"completeTo":"2026-01-01T00:00:00Z"}""");

        Assert.True(fixture.Host.Cluster.Source("set-mark").LastPut is
        {
            Settings: null, KeepsCompleteTo: false, KeepsRequired: false, IsRequired: true,
        });
    }

    [Fact]
    public async Task What_is_wrong_is_named_all_at_once()
    {
        var answer = await Put(
            "Set Upper", """{"kind":"discourse","address":"http://club.example","namespace":"fund","types":[""],"project":1}""");

        Assert.Equal(
            ["name", "address", "project", "namespace", "types[0]"], answer.Problem(400, "invalid-request"));
    }

    [Theory]
    [InlineData("""{"types":"all"}""", "types")]
    [InlineData("""{"kind":"rss"}""", "kind")]
    [InlineData("""{"pull":{"everySeconds":60,"settleMinutes":0,"from":"2026-01-01T00:00:00Z"}}""", "pull")]
    [InlineData("""{"type":["PageView"]}""", "required")]
    [InlineData("{}", "required")]
    public async Task A_member_that_is_none_is_refused(string body, string field) =>
        Assert.Equal(field, (await Put("set-bad", body)).Problem(400, "invalid-request")[0]);

    [Fact]
    public async Task All_sources_are_listed()
    {
        var list = await Get("/admin/sources");

        Assert.Equal(
            ["club", "school"],
            list.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("name").GetString()));
        Assert.Equal(JsonValueKind.Null, list.Json.GetProperty("items")[0].GetProperty("types").ValueKind);
    }

    private Task<Answer> Put(string name, string body) => fixture.Host.Write(
        "PUT", $"/admin/sources/{Uri.EscapeDataString(name)}", fixture.Host.Keys.Token("operator"), body);

    private Task<Answer> Get(string path) =>
        fixture.Host.Get(ApiHostUnderTest.Root + path, fixture.Host.Keys.Token("auditor"));
}

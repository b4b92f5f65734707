using System.Net;
using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Deliveries;

[Collection(ApiCollection.Name)]
public sealed class DeliveryTests(ApiFixture fixture)
{
    private const string Root = ApiHostUnderTest.Root;
    private const string Reason = """{"reason":"a new mailbox"}""";

    private ApiHostUnderTest Host => fixture.Host;

    private string Olga => Host.Keys.Token("operator", "de-olga");

    [Fact]
    public async Task What_is_dead_is_listed_by_channel()
    {
        var dead = await Host.Get($"{Root}/admin/notices/dead", Olga);
        var item = dead.Json.GetProperty("items")[0];
        Assert.Equal(
            (FakeDeliveries.Notice, "email", "smtp-550"),
            (item.GetProperty("notice").GetGuid(), item.GetProperty("channel").GetString(),
                item.GetProperty("reason").GetString()));
        Assert.Equal(
            0,
            (await Host.Get($"{Root}/admin/notices/dead?channel=webhook", Olga)).Json.GetProperty("items").GetArrayLength());
        Assert.Contains(
            "channel", (await Host.Get($"{Root}/admin/notices/dead?channel=pigeon", Olga)).Problem(400, "invalid-request"));
        (await Host.Get($"{Root}/admin/notices/dead?cursor=x", Olga)).Problem(400, "invalid-cursor");
    }

    [Fact]
    public async Task One_is_tried_again_with_a_reason_and_a_key()
    {
        var path = $"/admin/notices/{FakeDeliveries.Notice}/email/retry";
        var first = await Host.Write("POST", path, Olga, Reason, ("Idempotency-Key", "de-1"));
        var again = await Host.Write("POST", path, Olga, Reason, ("Idempotency-Key", "de-1"));

        Assert.Equal("waiting", first.Json.GetProperty("state").GetString());
        Assert.Equal((first.Text, "true"), (again.Text, again.Headers["Idempotency-Replayed"]));
        (await Host.Write("POST", path, Olga, Reason)).Problem(400, "idempotency-key-missing");
        Assert.Contains("reason", (await Host.Write(
            "POST", path, Olga, """{"reason":""}""", ("Idempotency-Key", "de-2"))).Problem(400, "invalid-request"));
    }

    [Theory]
    [InlineData("0190c2f0-0000-7000-8000-000000000001/webhook", 409, "delivery-not-dead")]
    [InlineData("0190c2f0-0000-7000-8000-000000000002/email", 404, "unknown-delivery")]
    [InlineData("0190c2f0-0000-7000-8000-000000000001/pigeon", 400, "invalid-request")]
    [InlineData("one/email", 400, "invalid-request")]
    public async Task Why_one_is_not_is_named(string which, int status, string slug) => (await Host.Write(
        "POST", $"/admin/notices/{which}/retry", Olga, Reason, ("Idempotency-Key", "de-why"))).Problem(status, slug);

    [Fact]
    public async Task A_channel_is_paused_and_goes_on_and_its_figures_say_it()
    {
        var paused = await Host.Write(
            "POST", "/admin/notices/channels/discourse/pause", Olga, Reason, ("Idempotency-Key", "de-p"));
        Assert.True(paused.Json.GetProperty("paused").GetBoolean());
        Assert.True(await IsPaused());
        Assert.Equal("de-olga", Host.Cluster.Deliveries.Pauses.Last().By);

        await Host.Write("POST", "/admin/notices/channels/discourse/resume", Olga, Reason, ("Idempotency-Key", "de-r"));
        Assert.False(await IsPaused());
        Assert.Contains("channel", (await Host.Write(
            "POST", "/admin/notices/channels/pigeon/pause", Olga, Reason, ("Idempotency-Key", "de-q")))
            .Problem(400, "invalid-request"));
    }

    [Fact]
    public async Task A_link_shows_a_button_and_the_button_alone_confirms()
    {
        var page = await Host.Get($"{Root}/notices/confirm/{FakeDeliveries.Token}");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("<form method=\"post\">", page.Text, StringComparison.Ordinal);

        var done = await Host.Send(HttpMethod.Post, $"{Root}/notices/confirm/{FakeDeliveries.Token}", null);
        Assert.Contains("confirmed", done.Text, StringComparison.Ordinal);
        var over = await Host.Send(HttpMethod.Post, $"{Root}/notices/confirm/another", null);
        Assert.Equal(HttpStatusCode.NotFound, over.Status);
        Assert.Contains("ask for another letter", over.Text, StringComparison.Ordinal);
    }

    private async Task<bool> IsPaused() => (await Host.Get($"{Root}/admin/notices/channels", Olga))
        .Json.GetProperty("channels")[1].GetProperty("paused").GetBoolean();
}

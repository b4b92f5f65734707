using System.Net;
using Stk.ApiHost.Tests.Balances;
using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Notices;

[Collection(ApiCollection.Name)]
public sealed class NoticeTests(ApiFixture fixture)
{
    private const string Root = ApiHostUnderTest.Root;

    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task A_notice_is_its_kind_what_there_is_to_tell_and_the_same_in_words()
    {
        var answer = await Host.Get($"{Root}/notices?limit=1", Host.Keys.Token("participant", "no-ann"));

        Assert.Equal(["items", "unread", "next"], answer.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal((3, "good"), (answer.Json.GetProperty("unread").GetInt32(), answer.Json.GetProperty("next").GetString()));
        var item = answer.Json.GetProperty("items")[0];
        Assert.Equal(
            ["id", "kind", "at", "values", "text", "read"], item.EnumerateObject().Select(member => member.Name));
        Assert.Equal("vesting.released", item.GetProperty("kind").GetString());
        Assert.Equal("""{"week":"2025-W51","released":"6.666667"}""", item.GetProperty("values").GetRawText());
        Assert.Equal("Разморожено 6,666667 STK", item.GetProperty("text").GetString());
        Assert.False(item.GetProperty("read").GetBoolean());
        Assert.Equal(new(new(null, 1), null, ShowsNotes: true), Host.Cluster.Notices("no-ann").LastAsked);
    }

    [Theory]
    [InlineData("?unread=true", false)]
    [InlineData("?unread=false", true)]
    [InlineData("", null)]
    public async Task The_inbox_is_narrowed_to_what_is_read_or_not(string query, bool? isRead)
    {
        await Host.Get($"{Root}/notices{query}", Host.Keys.Token("participant", "no-bob"));

        Assert.Equal(isRead, Host.Cluster.Notices("no-bob").LastAsked?.IsRead);
    }

    [Fact]
    public async Task An_unread_that_is_neither_true_nor_false_is_named() => Assert.Equal(
        ["unread"],
        (await Host.Get($"{Root}/notices?unread=maybe", Host.Keys.Token("participant", "no-bob")))
            .Problem(400, "invalid-request"));

    [Fact]
    public async Task What_others_wrote_is_shown_to_an_auditor_for_a_reason()
    {
        var auditor = Host.Keys.Token("auditor", "no-aud");
        await Host.Get($"{Root}/notices?participant=no-cat", auditor);
        Assert.False(Host.Cluster.Notices("no-cat").LastAsked?.ShowsNotes);

        await Host.Get($"{Root}/notices?participant=no-cat&reason=a+complaint", auditor);
        Assert.True(Host.Cluster.Notices("no-cat").LastAsked?.ShowsNotes);
    }

    [Fact]
    public async Task A_notice_is_read_again_and_again_and_only_where_there_is_one()
    {
        var dan = Host.Keys.Token("participant", "no-dan");
        for (var i = 0; i < 2; i++)
        {
            var answer = await Host.Write("POST", $"/notices/{FakeNotices.Known}/read", dan, "");
            Assert.Equal($$"""{"unread":1,"latest":"{{FakeNotices.Known}}"}""", answer.Text);
        }

        (await Host.Write("POST", $"/notices/{Guid.Empty}/read", dan, "")).Problem(404, "not-found");
        Assert.Equal(
            ["id"], (await Host.Write("POST", "/notices/7/read", dan, "")).Problem(400, "invalid-request"));
        Assert.Equal(
            [(FakeNotices.Known, false), (FakeNotices.Known, false), (Guid.Empty, false)],
            Host.Cluster.Notices("no-dan").ReadOnes);
    }

    [Fact]
    public async Task All_up_to_a_notice_are_read_at_once()
    {
        var eve = Host.Keys.Token("participant", "no-eve");

        var answer = await Host.Write("POST", "/notices/read", eve, $$"""{"through":"{{FakeNotices.Known}}"}""");

        Assert.Equal($$"""{"unread":1,"latest":"{{FakeNotices.Known}}"}""", answer.Text);
        Assert.Equal([(FakeNotices.Known, true)], Host.Cluster.Notices("no-eve").ReadOnes);
        (await Host.Write("POST", "/notices/read", eve, $$"""{"through":"{{Guid.Empty}}"}""")).Problem(404, "not-found");
        Assert.Equal(
            ["through"], (await Host.Write("POST", "/notices/read", eve, "{}")).Problem(400, "invalid-request"));
    }

    [Fact]
    public async Task The_stream_says_how_much_is_unread_now_and_when_that_changes()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Streams:Look=00:00:00.050", "--Stk:Streams:PerSubject=1");
        var ann = host.Keys.Token("participant", "ann");
        using var stream = await BalanceEvents.Open(host, ann, name: "notices");

        var first = await stream.Next();
        Assert.Equal($$"""{"unread":1,"latest":"{{FakeNotices.Known}}"}""", first.Data);

        host.Cluster.Notices("ann").State = new(2, FakeNotices.Known);
        var second = await stream.Next();
        Assert.Equal($$"""{"unread":2,"latest":"{{FakeNotices.Known}}"}""", second.Data);
        Assert.NotEqual(first.Id, second.Id);

        // One of a kind: the balance's is another.
        Assert.Null(await BalanceEvents.TryOpen(host, ann, name: "notices"));
        using var balance = await BalanceEvents.Open(host, ann);
    }

    [Fact]
    public async Task A_reader_that_comes_again_is_told_nothing_until_something_changes()
    {
        await using var host = await ApiHostUnderTest.Start("--Stk:Streams:Look=00:00:00.050");
        var ann = host.Keys.Token("participant", "ann");
        using var before = await BalanceEvents.Open(host, ann, name: "notices");
        var seen = (await before.Next()).Id;

        using var again = await BalanceEvents.Open(host, ann, name: "notices", lastEventId: seen);
        host.Cluster.Notices("ann").State = new(0, FakeNotices.Known);

        Assert.Equal($$"""{"unread":0,"latest":"{{FakeNotices.Known}}"}""", (await again.Next()).Data);
    }

    [Fact]
    public async Task Looking_at_an_unsubscribe_link_changes_nothing_and_its_button_does_again_and_again()
    {
        var links = Host.Cluster.NoticeLinks;
        var page = await Host.Get($"{Root}/unsubscribe/weekly");
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.Status, page.Type));
        Assert.Contains("<form method=\"post\"><button>", page.Text, StringComparison.Ordinal);
        Assert.Empty(links.Ended);

        for (var i = 1; i <= 2; i++)
        {
            using var body = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            var done = await Host.Send(HttpMethod.Post, $"{Root}/unsubscribe/weekly", body: body);
            Assert.Equal(HttpStatusCode.OK, done.Status);
            Assert.DoesNotContain("<form", done.Text, StringComparison.Ordinal);
            Assert.Equal(i, links.Ended.Count);
        }

        (await Host.Get($"{Root}/unsubscribe/other")).Problem(404, "not-found");
        (await Host.Send(HttpMethod.Post, $"{Root}/unsubscribe/other")).Problem(404, "not-found");
    }
}

using Stk.ApiHost.Tests.Cluster;
using Stk.ApiHost.Tests.Hosting;

namespace Stk.ApiHost.Tests.Notices;

[Collection(ApiCollection.Name)]
public sealed class PreferenceTests(ApiFixture fixture)
{
    private const string Path = "/notices/preferences";

    private ApiHostUnderTest Host => fixture.Host;

    [Fact]
    public async Task What_was_chosen_is_answered_and_may_be_sent_back()
    {
        var ann = Host.Keys.Token("participant", "pr-ann");
        const string Chosen =
            """{"lang":"en","zone":"Asia/Tokyo","quiet":{"from":"23:30","to":"07:00"},"digest":"daily","""
            + """
            "channels":{"email":null,"discourse":null,"webhook":null},"kinds":{"sale":[],"weekly":["email","discourse"]}}
            """;

        Assert.Equal(Chosen, (await Host.Write("PUT", Path, ann, Chosen)).Text);
        Assert.Equal(Chosen, (await Host.Get(ApiHostUnderTest.Root + Path, ann)).Text);
        Assert.Equal(Chosen, (await Host.Write("PUT", Path, ann, Chosen)).Text);
    }

    [Fact]
    public async Task What_is_absent_has_its_default_and_no_quiet_hours_are_said_by_null()
    {
        var bob = Host.Keys.Token("participant", "pr-bob");

        await Host.Write("PUT", Path, bob, "{}");
        var standard = Host.Cluster.Notices("pr-bob").Choices;
        Assert.Equal(
            ("ru", "Europe/Moscow", 1320, 480, "immediate"),
            (standard.Language, standard.Zone, standard.QuietFrom, standard.QuietTo, standard.Digest));

        await Host.Write("PUT", Path, bob, """{"quiet":null}""");
        Assert.Null(Host.Cluster.Notices("pr-bob").Choices.QuietFrom);
    }

    [Theory]
    [InlineData("""{"lang":"de"}""", "lang")]
    [InlineData("""{"zone":"Moscow"}""", "zone")]
    [InlineData("""{"zone":"../../etc/passwd"}""", "zone")]
    [InlineData("""{"zone":7}""", "zone")]
    [InlineData("""{"digest":"hourly"}""", "digest")]
    [InlineData("""{"quiet":{"from":"22:00","to":"22:00"}}""", "quiet")]
    [InlineData("""{"quiet":{"from":"24:00","to":"08:00"}}""", "quiet")]
    [InlineData("""{"quiet":{"from":"22:00"}}""", "quiet")]
    [InlineData("""{"quiet":{"from":"22:00","to":"08:00","on":true}}""", "quiet")]
    [InlineData("""{"quiet":"never"}""", "quiet")]
    [InlineData("""{"kinds":{"no.such":[]}}""", "kinds")]
    [InlineData("""{"kinds":{"weekly":"email"}}""", "kinds.weekly")]
    [InlineData("""{"kinds":{"weekly":["email","email"]}}""", "kinds.weekly")]
    [InlineData("""{"kinds":{"weekly":["sms"]}}""", "kinds.weekly")]
    [InlineData("""{"channels":{"sms":null}}""", "channels")]
    [InlineData("""{"channels":{"email":"ann@example.org"}}""", "channels.email")]
    [InlineData("""{"channels":{"email":{"address":"ann"}}}""", "channels.email")]
    [InlineData("""{"channels":{"email":{"address":"ann@example.org\r\nBcc: bob@example.org"}}}""", "channels.email")]
    [InlineData("""{"channels":{"discourse":"ann,bob"}}""", "channels.discourse")]
    [InlineData("""{"channels":{"webhook":{"url":"http://example.org/hook"}}}""", "channels.webhook")]
    [InlineData("""{"channels":{"webhook":{"url":"https://example.org:22/hook"}}}""", "channels.webhook")]
    [InlineData("""{"channels":{"webhook":{"url":"https://ann:secret@example.org/hook"}}}""", "channels.webhook")]
    [InlineData("""{"channels":{"webhook":{"url":"https://127.0.0.1/hook"}}}""", "channels.webhook")]
    [InlineData("""{"channels":{"webhook":{"url":"https://2130706433/hook"}}}""", "channels.webhook")]
    [InlineData("""{"channels":{"webhook":{"url":"https://[::1]/hook"}}}""", "channels.webhook")]
    [InlineData("""{"channels":{"webhook":{"url":"https://localhost/hook"}}}""", "channels.webhook")]
    [InlineData("""{"channels":{"webhook":{"url":"https://example.org/hook","every":1}}}""", "channels.webhook")]
    [InlineData("""{"languages":"ru"}""", "$")]
    public async Task What_breaks_a_rule_is_named_by_its_field(string body, string field) => Assert.Equal(
        [field],
        (await Host.Write("PUT", Path, Host.Keys.Token("participant", "pr-cat"), body)).Problem(400, "invalid-request"));

    [Theory]
    [InlineData("""{"channels":{"discourse":true}}""", "channel-not-offered")]
    [InlineData("""{"channels":{"email":{"address":"many@example.org"}}}""", "too-many-confirmations")]
    public async Task An_address_that_is_not_taken_is_named_and_nothing_beside_it_is_chosen(string body, string slug)
    {
        var dan = Host.Keys.Token("participant", "pr-dan");
        (await Host.Write("PUT", Path, dan, body.Insert(1, "\"lang\":\"en\","))).Problem(409, slug);
        Assert.Equal("ru", (await Host.Get(ApiHostUnderTest.Root + Path, dan)).Json.GetProperty("lang").GetString());
    }

    [Fact]
    public async Task An_address_stays_until_null_removes_it_and_a_new_webhooks_secret_is_shown_once()
    {
        var eve = Host.Keys.Token("participant", "pr-eve");
        const string Body =
            """{"channels":{"email":{"address":"eve@example.org"},"webhook":{"url":"https://example.org/hook"}}}""";
        var set = (await Host.Write("PUT", Path, eve, Body)).Json.GetProperty("channels");
        Assert.Equal(
            ("eve@example.org", true, FakeAddresses.Secret),
            (set.GetProperty("email").GetProperty("address").GetString(),
                set.GetProperty("email").GetProperty("confirmed").GetBoolean(),
                set.GetProperty("webhook").GetProperty("secret").GetString()));

        var again = await Host.Write("PUT", Path, eve, """{"lang":"en"}""");
        Assert.Equal(
            """{"email":{"address":"eve@example.org","confirmed":true,"off":false,"confirmBy":null},"discourse":null,"webhook":{"url":"https://example.org/hook","off":false,"secret":null}}""",
            again.Json.GetProperty("channels").GetRawText());
        // What was answered may be sent back.
        Assert.Equal(200, (int)(await Host.Write("PUT", Path, eve, again.Text)).Status);
        var changed = await Host.Write("POST", "/notices/webhook/secret", eve, "");
        Assert.Equal(FakeAddresses.Secret, changed.Json.GetProperty("secret").GetString());

        await Host.Write("PUT", Path, eve, """{"channels":{"email":null,"webhook":null}}""");
        Assert.Equal(
            """{"email":null,"discourse":null,"webhook":null}""",
            (await Host.Get(ApiHostUnderTest.Root + Path, eve)).Json.GetProperty("channels").GetRawText());
        (await Host.Write("POST", "/notices/webhook/secret", eve, "")).Problem(404, "not-found");
    }

    [Fact]
    public async Task A_letter_that_has_run_out_is_sent_again_where_an_address_waits_for_it()
    {
        var fay = Host.Keys.Token("participant", "pr-fay");
        Task<Answer> Again(string channel) => Host.Write("POST", $"/notices/{channel}/confirmation", fay, "");
        (await Again("email")).Problem(404, "not-found");
        Assert.Contains("channel", (await Again("pigeon")).Problem(400, "invalid-request"));
        await Host.Write(
            "PUT", Path, fay,
            """{"channels":{"email":{"address":"late@example.org"},"webhook":{"url":"https://example.org/hook"}}}""");

        var again = (await Again("email")).Json.GetProperty("channels").GetProperty("email");
        Assert.Equal(
            """{"address":"late@example.org","confirmed":false,"off":false,"confirmBy":"2026-01-11T09:00:00+00:00"}""",
            again.GetRawText());
        // What was answered may be sent back.
        Assert.Equal(
            200, (int)(await Host.Write("PUT", Path, fay, "{\"channels\":{\"email\":" + again.GetRawText() + "}}")).Status);
        await Again("email");
        (await Again("email")).Problem(409, "too-many-confirmations");
        (await Again("webhook")).Problem(409, "address-confirmed");
    }
}

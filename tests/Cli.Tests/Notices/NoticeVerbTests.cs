using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Notices;

public sealed class NoticeVerbTests : IDisposable
{
    private const string Id = "0190c2f0-0000-7000-8000-000000000001";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task What_is_unread_is_listed_in_words_a_line_each()
    {
        _api.On("GET notices", $$"""
            {"items":[{"id":"{{Id}}","kind":"transfer.received","at":"2025-12-18T09:30:00Z","values":{"amount":"5"},
            "text":"You have received 5 STK.\n\nFrom: ann","read":false}],"unread":1,"next":null}
            """);
        var (code, output, _) = await new ProgramRun(_api).Run("notices", "list", "--unread");

        Assert.Equal(0, code);
        Assert.Contains("You have received 5 STK.  From: ann", output, StringComparison.Ordinal);
        Assert.StartsWith("?unread=true", _api.Requests[0].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_notice_is_marked_alone_or_with_all_before_it()
    {
        _api.On($"POST notices/{Id}/read", """{"unread":3,"latest":null}""")
            .On("POST notices/read", """{"unread":0,"latest":null}""");

        Assert.Contains("unread  3", (await new ProgramRun(_api).Run("notices", "read", Id)).Output, StringComparison.Ordinal);
        Assert.Contains(
            "unread  0", (await new ProgramRun(_api).Run("notices", "read", Id, "--through")).Output, StringComparison.Ordinal);
        Assert.Equal($$"""{"through":"{{Id}}"}""", _api.Requests[1].Body);
    }

    [Fact]
    public async Task Preferences_are_shown_as_they_are()
    {
        _api.On("GET notices/preferences", """{"lang":"ru","zone":"Europe/Moscow","quiet":{"from":"22:00","to":"08:00"}}""");
        var (code, output, _) = await new ProgramRun(_api).Run("notices", "preferences");

        Assert.Equal(0, code);
        Assert.Matches("zone +Europe/Moscow", output);
    }

    [Fact]
    public async Task What_is_named_is_set_and_all_else_is_sent_back_as_it_was()
    {
        _api.On("GET notices/preferences", """
            {"lang":"ru","zone":"Europe/Moscow","quiet":{"from":"22:00","to":"08:00"},"digest":"immediate",
            "channels":{"email":{"address":"a@example.org","confirmed":true,"off":false,"confirmBy":null},"discourse":null,"webhook":null},
            "kinds":{"sale":["email"],"weekly":["email","webhook"]}}
            """)
            .On("PUT notices/preferences", """{"lang":"en","zone":"Europe/Moscow"}""");
        var (code, output, _) = await new ProgramRun(_api).Run(
            "notices", "set", "--lang", "en", "--quiet", "none", "--webhook", "https://example.org/hook", "--email", "none",
            "--kind", "sale=none", "--kind", "purchase=email, webhook");

        Assert.Equal(0, code);
        Assert.Matches("lang +en", output);
        Assert.Equal(
            """{"lang":"en","zone":"Europe/Moscow","quiet":null,"digest":"immediate","kinds":{"sale":[],"weekly":["email","webhook"],"purchase":["email","webhook"]},"channels":{"email":null,"webhook":{"url":"https://example.org/hook"}}}""",
            _api.Requests[1].Body);
    }

    [Theory]
    [InlineData("set")]
    [InlineData("set", "--quiet", "late")]
    [InlineData("set", "--kind", "weekly")]
    [InlineData("set", "--digest", "yearly")]
    [InlineData("confirm", "webhook")]
    public async Task What_chooses_nothing_or_nothing_that_there_is_sends_nothing(params string[] words)
    {
        _api.On("GET notices/preferences", """{"lang":"ru"}""");

        var (code, _, error) = await new ProgramRun(_api).Run(["notices", .. words]);

        Assert.NotEqual(0, code);
        Assert.NotEmpty(error);
        Assert.DoesNotContain(_api.Requests, request => !request.Call.StartsWith("GET", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_letter_is_asked_for_and_another_secret_is_shown_once()
    {
        _api.On("POST notices/email/confirmation", """{"lang":"ru"}""")
            .On("POST notices/webhook/secret", """{"secret":"whsec_c2VjcmV0"}""");

        Assert.Equal(0, (await new ProgramRun(_api).Run("notices", "confirm", "email")).Code);
        Assert.Contains(
            "whsec_c2VjcmV0", (await new ProgramRun(_api).Run("notices", "secret")).Output, StringComparison.Ordinal);
    }
}

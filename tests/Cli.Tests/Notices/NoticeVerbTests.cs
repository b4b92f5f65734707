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
}

using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Deliveries;

public sealed class DeliveryVerbTests : IDisposable
{
    private const string Id = "6f1d3c1e-0000-4000-8000-000000000001";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task What_is_dead_and_how_channels_stand_are_tables()
    {
        _api.On(
                "GET admin/notices/dead",
                $$"""{"items":[{"notice":"{{Id}}","channel":"email","participant":"ann","kind":"weekly","at":"2026-01-05T08:00:00Z","attempts":1,"reason":"smtp-550","endedAt":"2026-01-05T08:01:00Z"}],"next":null}""")
            .On(
                "GET admin/notices/channels",
                """{"channels":[{"channel":"email","configured":true,"paused":true,"perSecond":50,"waiting":40,"due":39,"oldestDue":"2026-01-05T08:00:00Z","dead":1,"lastDay":{"delivered":7,"gathered":0,"givenUp":0}}]}""");
        var (code, dead, _) = await new ProgramRun(_api).Run("deliveries", "dead", "--channel", "email");
        Assert.Equal(0, code);
        Assert.Contains("channel=email", _api.Requests[0].Query, StringComparison.Ordinal);
        Assert.Contains("smtp-550", dead, StringComparison.Ordinal);

        var (_, status, _) = await new ProgramRun(_api).Run("deliveries", "status");
        Assert.Matches("email +paused +50 +40 +39", status);
        Assert.Equal(2, (await new ProgramRun(_api).Run("deliveries", "dead", "--channel", "pigeon")).Code);
    }

    [Fact]
    public async Task One_is_tried_again_and_a_channel_paused_with_a_reason()
    {
        _api.On($"POST admin/notices/{Id}/email/retry", $$"""{"notice":"{{Id}}","channel":"email","state":"waiting"}""")
            .On("POST admin/notices/channels/webhook/pause", """{"channel":"webhook","paused":true}""")
            .On("POST admin/notices/channels/webhook/resume", """{"channel":"webhook","paused":false}""");

        Assert.Equal(
            0, (await new ProgramRun(_api).Run("deliveries", "retry", Id, "email", "--reason", "a new mailbox")).Code);
        Assert.Equal("""{"reason":"a new mailbox"}""", _api.Requests[0].Body);
        var (code, paused, _) = await new ProgramRun(_api).Run("deliveries", "pause", "webhook", "--reason", "a flood");
        Assert.Equal(0, code);
        Assert.Contains("yes", paused, StringComparison.Ordinal);
        Assert.Equal(0, (await new ProgramRun(_api).Run("deliveries", "resume", "webhook", "--reason", "it is over")).Code);
        Assert.NotEqual(0, (await new ProgramRun(_api).Run("deliveries", "pause", "webhook")).Code);
    }
}

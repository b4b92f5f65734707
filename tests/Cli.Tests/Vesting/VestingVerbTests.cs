using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Vesting;

public sealed class VestingVerbTests : IDisposable
{
    private const string Id = "0190c2f0-0000-7000-8000-000000000001.7";

    private const string Waiting =
        $$"""{"id":"{{Id}}","participant":"ann","week":"2025-W51","type":"ProjectMilestoneCompleted","fund":"rewards","vestsDays":60,"amount":"750","unlocksOn":"2026-02-20","state":"waiting","condition":"ProjectValidated","decidesBy":"2026-03-22","events":[{"uuid":"0190c2f0-0000-7000-8000-000000000009","verdict":null,"evidence":null}],"released":"0","cancelled":"0","decidedAt":null}""";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task What_is_frozen_is_listed_with_what_it_waits_for()
    {
        _api.On("GET vesting", $$"""{"items":[{{Waiting}}],"next":null}""");
        var (code, output, _) = await new ProgramRun(_api).Run("vesting", "list");
        Assert.Equal(0, code);
        Assert.Matches("2025-W51 +ProjectMilestoneCompleted +750 +2026-02-20 +waiting +ProjectValidated of 1", output);
    }

    [Fact]
    public async Task The_operators_list_is_of_a_state()
    {
        _api.On("GET admin/vesting", $$"""{"items":[{{Waiting}}],"next":null}""");
        var (code, output, _) = await new ProgramRun(_api).Run("vesting", "all", "waiting");
        Assert.Equal(0, code);
        Assert.Contains(Id, output, StringComparison.Ordinal);
        Assert.StartsWith("?state=waiting", _api.Requests[0].Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_is_asked_about_and_sent_with_its_reason()
    {
        _api.On($"POST admin/vesting/{Id}/decision", Waiting.Replace("\"waiting\"", "\"released\"", StringComparison.Ordinal));
        var (code, _, error) = await new ProgramRun(_api) { Typed = "y\n" }.Run(
            "vesting", "decide", Id, "release", "--reason", "seen");
        Assert.Equal((0, $"Release {Id} for good? [y/N] "), (code, error));
        Assert.Equal("""{"verdict":"release","reason":"seen"}""", _api.Requests[0].Body);
    }
}

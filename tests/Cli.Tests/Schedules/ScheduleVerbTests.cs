using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Schedules;

public sealed class ScheduleVerbTests : IDisposable
{
    private const string Quarter = """{"kind":"inactivity.run","subject":"2026-Q1","due":"2026-01-05T07:00:00Z"}""";

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task What_was_done_and_what_comes_is_one_list()
    {
        _api.On(
            "GET admin/schedule",
            $$"""{"now":"2025-12-22T08:00:00Z","paused":false,"running":null,"done":[{"kind":"vesting","subject":"2025-12-22","due":"2025-12-22T00:00:00Z","began":"2025-12-22T00:00:00Z","ended":"2025-12-22T00:00:01Z","tookMs":12,"attempts":2,"state":"done","note":null}],"coming":[{{Quarter}}],"next":null}""");
        var (code, output, _) = await new ProgramRun(_api).Run("schedule", "show", "--limit", "5");
        Assert.Equal(0, code);
        Assert.StartsWith("?limit=5", _api.Requests[0].Query, StringComparison.Ordinal);
        Assert.Matches("(?m)^coming +inactivity.run +2026-Q1 ", output);
        Assert.Matches("(?m)^done +vesting +2025-12-22 .* 12 +2", output);
    }

    [Fact]
    public async Task What_is_due_is_tried_and_a_quarter_is_skipped_after_a_question()
    {
        _api.On("POST admin/schedule/run", Quarter).On("POST admin/schedule/skip", Quarter);
        Assert.Equal(0, (await new ProgramRun(_api).Run("schedule", "run", "inactivity.run", "2026-Q1")).Code);
        Assert.Equal("""{"kind":"inactivity.run","subject":"2026-Q1"}""", _api.Requests[0].Body);
        var (code, _, error) = await new ProgramRun(_api) { Typed = "y\n" }.Run(
            "schedule", "skip", "inactivity.run", "2026-Q1", "--reason", "at rest");
        Assert.Equal((0, "Skip inactivity.run of 2026-Q1 for good? [y/N] "), (code, error));
        Assert.Equal("""{"kind":"inactivity.run","subject":"2026-Q1","reason":"at rest"}""", _api.Requests[1].Body);
    }
}

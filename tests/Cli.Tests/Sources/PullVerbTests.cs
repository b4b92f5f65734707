using Stk.Cli.Tests.Api;
using Xunit;

namespace Stk.Cli.Tests.Sources;

public sealed class PullVerbTests : IDisposable
{
    private const string Id = "0190c2f0-0000-7000-8000-00000000000a";

    private const string Backfill = $$"""
        {"id":"{{Id}}","state":"waiting","from":"2025-12-01T00:00:00Z","to":"2025-12-08T00:00:00Z","doneTo":"2025-12-03T00:00:00Z","found":41,"reason":null,"askedBy":"olga","askedAt":"2026-01-05T00:00:00Z","lastError":null}
        """;

    private const string Check = $$"""
        {"id":"{{Id}}","week":"2025-W49","state":"done","missing":3,"takenBack":2,"added":1,"checkedTo":"2025-12-08T00:00:00Z","reason":null,"askedBy":null,"askedAt":"2026-01-05T00:00:00Z"}
        """;

    private readonly FakeApi _api = new();

    public void Dispose() => _api.Dispose();

    [Fact]
    public async Task The_past_and_whole_weeks_are_asked_for()
    {
        _api.On("POST admin/sources/club/backfill", Backfill).On("POST admin/sources/club/reconcile", Check);

        var (filled, said, _) = await new ProgramRun(_api).Run(
            "sources", "backfill", "ask", "club", "2025-12-01T00:00:00Z", "2025-12-08T00:00:00Z", "--reason", "it was away");
        var (checkedIt, _, _) = await new ProgramRun(_api).Run("sources", "reconcile", "ask", "club", "2025-W49");

        Assert.Equal((0, 0), (filled, checkedIt));
        Assert.Contains(Id, said, StringComparison.Ordinal);
        Assert.Contains(_api.Requests, request => request.Body.Contains("\"week\":\"2025-W49\"", StringComparison.Ordinal));
        Assert.Contains(
            _api.Requests, request => request.Body.Contains("\"reason\":\"it was away\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task How_far_they_are_is_listed()
    {
        _api.On("GET admin/sources/club/backfills", $$"""{"items":[{{Backfill}}]}""")
            .On("GET admin/sources/club/reconciliations", $$"""{"items":[{{Check}}]}""");

        var (_, backfills, _) = await new ProgramRun(_api).Run("sources", "backfill", "list", "club");
        var (_, checks, _) = await new ProgramRun(_api).Run("sources", "reconcile", "list", "club");

        Assert.Matches($"{Id} +waiting +2025-12-01 00:00:00 +2025-12-08 00:00:00 +2025-12-03 00:00:00 +41 +-", backfills);
        Assert.Matches($"{Id} +2025-W49 +done +3 +2 +1 +2025-12-08 00:00:00", checks);
    }
}

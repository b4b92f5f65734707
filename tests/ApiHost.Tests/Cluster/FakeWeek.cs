using System.Collections.Immutable;
using Stk.GrainInterfaces.Weeks;
using Stk.Rules.Money;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>2025-W51 is done, 2025-W52 can be closed, 2026-W01 is still open. Only the first two have an export.</summary>
public sealed class FakeWeek(string id) : IWeekGrain
{
    public CloseRequest? LastClose { get; private set; }

    /// <summary>Ids in the order of the export.</summary>
    public ImmutableArray<string> Ids { get; set; } = ["a,b", "ann", "=1+1", "say \"hi\""];

    public List<(string? After, int Limit)> Pages { get; } = [];

    /// <summary>Rows after which a page fails.</summary>
    public int? BreaksAfter { get; set; }

    private WeekStatus Status => new(
        Parse(id), id == "2025-W51" ? WeekStage.Settle : null, id == "2025-W51" ? null : WeekStage.Aggregate, 12, null, 1, 3,
        new(2_000_000), new(2_000_000), Amount.Zero, null, null);

    public Task<WeekStatus> GetStatus() => Task.FromResult(Status);

    public Task<WeekStatus> Drive(WeekStage through) => Task.FromResult(Status);

    public Task<CloseReply> Close(CloseRequest request)
    {
        LastClose = request;
        return Task.FromResult<CloseReply>(id == "2026-W01"
            ? new CloseReply.Refused("the week has not ended")
            : new CloseReply.Accepted(Status));
    }

    public Task<ExportPage?> ReadExport(string? afterId, int limit, CancellationToken cancellation)
    {
        Pages.Add((afterId, limit));
        if (id == "2026-W01")
        {
            return Task.FromResult<ExportPage?>(null);
        }

        var from = afterId is null ? 0 : Ids.IndexOf(afterId) + 1;
        if (from >= BreaksAfter)
        {
            return Task.FromException<ExportPage?>(new InvalidOperationException("a bug, on purpose"));
        }

        ImmutableArray<ExportRow> rows = [.. Ids.Skip(from).Take(limit).Select(row => new ExportRow(row, new(1_584_500_000)))];
        return Task.FromResult<ExportPage?>(new ExportPage(rows, from + rows.Length == Ids.Length));
    }

    private static WeekId Parse(string text) =>
        WeekId.TryParse(text, out var week) ? week : throw new InvalidOperationException("the host let a bad week through");
}

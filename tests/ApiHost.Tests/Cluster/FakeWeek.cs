using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Stk.GrainInterfaces.Weeks;
using Stk.Rules.Money;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>2025-W51 is done, 2025-W52 can be closed, 2026-W01 is still open. Only the first two have an export.</summary>
public sealed class FakeWeek(string id) : IWeekGrain
{
    public FakeAnswers Answers { get; } = new();

    public CloseRequest? LastClose { get; private set; }

    /// <summary>Parts of the export; the cursor of each is its number.</summary>
    public ImmutableArray<string> Parts { get; set; } = ["date,user_id,points\r\n2025-12-21,ann,1584.5\r\n"];

    /// <summary>The part that cannot be read.</summary>
    public int? BrokenPart { get; set; }

    public List<string?> Cursors { get; } = [];

    private WeekStatus Status => new(
        Parse(id), id == "2025-W51" ? WeekStage.Settle : null, id == "2025-W51" ? null : WeekStage.Aggregate, 12, null, 1, 3,
        new(2_000_000), new(2_000_000), Amount.Zero, null, null, IsForced: id == "2025-W52");

    public Task<WeekStatus> GetStatus() => Task.FromResult(Status);

    public Task<WeekStatus> Drive(WeekStage through) => Task.FromResult(Status);

    public Task<CloseReply> Close(CloseRequest request)
    {
        LastClose = request;
        return Answers.GiveIfKeyed<CloseReply>(
            request.Key,
            () => request.By == FakeOperators.GoneInTheSilo ? new CloseReply.OperatorUnknown()
                : id == "2026-W01" ? new CloseReply.Refused("the week has not ended")
                : request.OverrideReason is { } reason
                    ? new CloseReply.Waiting(FakeApprovals.Waiting(
                        request.Key?.Id ?? Guid.NewGuid(), "week.close", request.By, reason))
                : new CloseReply.Accepted(Status),
            first => first is CloseReply.Accepted accepted ? accepted with { IsReplay = true }
                : first is CloseReply.Waiting waiting ? waiting with { IsReplay = true }
                : first,
            () => new CloseReply.KeyReused());
    }

    public Task<WeekStatus> GoOn() => Task.FromResult(Status);

    public Task<ExportPage?> ReadExport(string? cursor, CancellationToken cancellation)
    {
        Cursors.Add(cursor);
        if (id == "2026-W01")
        {
            return Task.FromResult<ExportPage?>(null);
        }

        var part = cursor is null ? 0 : int.Parse(cursor, CultureInfo.InvariantCulture);
        if (part == BrokenPart)
        {
            return Task.FromException<ExportPage?>(new InvalidOperationException("a bug, on purpose"));
        }

        var next = part + 1 < Parts.Length ? (part + 1).ToString(CultureInfo.InvariantCulture) : null;
        return Task.FromResult<ExportPage?>(new ExportPage(Encoding.UTF8.GetBytes(Parts[part]), next));
    }

    private static WeekId Parse(string text) =>
        WeekId.TryParse(text, out var week) ? week : throw new InvalidOperationException("the host let a bad week through");
}

using Npgsql;
using Stk.Grains.Invariants;
using Stk.Grains.Torture;
using Stk.Rules.Activity;
using Stk.Torture.Operations;
using Stk.Torture.Workloads;

namespace Stk.Torture.Checks;

/// <summary>The invariants that <c>./stk verify</c> looks at, and those that need to know what clients were told.</summary>
internal static class Invariants
{
    public static async IAsyncEnumerable<CheckResult> Hold(
        NpgsqlDataSource database, IReadOnlyList<TransferRecord> transfers, IReadOnlyList<EventRecord> events)
    {
        var log = new ClientLog([.. transfers.Select(Logged)], [.. events.SelectMany(Logged)]);
        var audit = new Audit(database, published: null, log);
        await foreach (var finding in audit.Run())
        {
            yield return new(
                $"{finding.Invariant.Name}: {finding.Invariant.Statement}",
                [.. finding.Violations.Select(violation => $"{violation}")],
                log.Operations.Length + log.Events.Length);
        }
    }

    private static LoggedOperation Logged(TransferRecord record) => new(
        record.Order.Id,
        TortureTransfers.Plan(record.Order).ContentHash,
        record.Told switch
        {
            Told.Accepted => OperationAnswer.Accepted,
            Told.Refused => OperationAnswer.Refused,
            _ => OperationAnswer.Unknown,
        });

    private static IEnumerable<LoggedEvent> Logged(EventRecord record) => record.Outcomes
        .Select(outcome => new LoggedEvent(Crowd.Source, record.Uuid, Outcome(outcome)))
        .Where(logged => logged.Outcome != EventOutcome.Rejected);

    private static EventOutcome Outcome(string wireName) =>
        Enum.GetValues<EventOutcome>().Single(outcome => outcome.WireName() == wireName);
}

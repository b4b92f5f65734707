using Npgsql;
using Stk.Grains.Torture;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;
using Stk.Rules.Activity;
using Stk.Torture.Operations;
using Stk.Torture.Workloads;
using Stk.Verification;

namespace Stk.Torture.Checks;

/// <summary>The invariants that <c>./stk verify</c> looks at, and those that need to know what clients were told.</summary>
internal static class Invariants
{
    public static async IAsyncEnumerable<CheckResult> Hold(
        NpgsqlDataSource database, TortureSettings settings, IReadOnlyList<TransferRecord> transfers,
        IReadOnlyList<EventRecord> events, IReadOnlyList<SpendingRecord> spendings)
    {
        var log = new ClientLog(
            [
                .. transfers.Select(transfer => Logged(transfer, settings.From is null)).OfType<LoggedOperation>(),
                .. spendings.Select(Logged).OfType<LoggedOperation>(),
            ],
            [.. events.SelectMany(Logged)]);
        var check = new InvariantsCheck(
            database, published: null, log, SigningPublicKeys.Read(settings.CommitPublicKeys), isHarness: true);
        await foreach (var finding in check.Run())
        {
            yield return new(
                $"{finding.Invariant.Name}: {finding.Invariant.Statement}",
                [.. finding.Violations.Select(violation => $"{violation}")],
                log.Operations.Length + log.Events.Length);
        }
    }

    // What an earlier build makes of an order it alone knows; so of an id that was used with another content nothing can be
    // said then.
    private static LoggedOperation? Logged(TransferRecord record, bool isThisBuild) =>
        !isThisBuild && record is { Told: Told.Refused, Refusal: Refusal.IdUsedWithOtherContent } ? null : new(
            record.Order.Id,
            isThisBuild ? TortureTransfers.Plan(record.Order).ContentHash : null,
            record.Told switch
            {
                Told.Accepted => OperationAnswer.Accepted,
                Told.Refused => OperationAnswer.Refused,
                _ => OperationAnswer.Unknown,
            });

    // What it moves and which rows go with it the client cannot know; a use is none of the ledger's.
    private static LoggedOperation? Logged(SpendingRecord record) =>
        SpendingChecks.TransactionOf(record) is { } transaction ? new(transaction, null, OperationAnswer.Accepted)
        : record.Order.Act != SpendingAct.Use
            && record.Answer?.Refusal is not null ? new(record.Order.Id, null, OperationAnswer.Refused)
        : null;

    private static IEnumerable<LoggedEvent> Logged(EventRecord record) => record.Outcomes
        .Select(outcome => new LoggedEvent(Crowd.Source, record.Uuid, Outcome(outcome)))
        .Where(logged => logged.Outcome != EventOutcome.Rejected);

    private static EventOutcome Outcome(string wireName) =>
        Enum.GetValues<EventOutcome>().Single(outcome => outcome.WireName() == wireName);
}

using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Inactivity;
using Stk.Grains.AuditLog;
using Stk.Grains.Notices;
using Stk.Grains.Registry;
using Stk.Grains.RuleBooks;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;

namespace Stk.Grains.Inactivity;

/// <summary>
/// What an operator's word on an appeal comes to: a transaction, or the commands that store that nothing moves.
/// </summary>
internal sealed class AppealDecisions(
    AppealTable table, DebitTable debits, LineTable lines, QuarterRunTable runs, RuleBookTable ruleBooks)
{
    /// <summary>Null where there is no such appeal.</summary>
    public async Task<FoundAppeal?> Find(Guid id, CancellationToken cancellation) =>
        await table.Find(id, cancellation) is { } stored
            ? new(
                stored, await debits.Find(stored.Quarter, stored.Participant, cancellation),
                await lines.ReadLast(stored.Quarter, stored.Participant, cancellation))
            : null;

    /// <summary>The appeal as the decision leaves it, by now.</summary>
    public static AppealView Decided(FoundAppeal found, AppealDecision decision) => found.View with
    {
        State = decision.IsAccepted ? AppealState.Accepted : AppealState.Rejected,
        DecidedAt = decision.At,
        DecidedBy = decision.By.Subject,
        Reason = decision.Reason,
    };

    /// <summary>Gives back exactly what was taken.</summary>
    /// <param name="more">Effects that stand or fall with it.</param>
    public static Transaction GiveBack(
        FoundAppeal found, AppealDecision decision, Amount back, params ImmutableArray<IEffect> more) =>
        InactivityPayments.AppealReturn(
            found.Quarter, found.Participant, decision.Request, back,
            [
                .. more, new AppealDecisionEffect(decision, line: null, Entry(found, decision, back)),
                new NoticeEffect(Told(found, decision, back)),
            ]);

    /// <summary>Takes what was put off.</summary>
    /// <param name="more">Effects that stand or fall with it.</param>
    public async Task<Transaction> Take(
        FoundAppeal found, AppealDecision decision, NewAttempt attempt, CancellationToken cancellation,
        params IReadOnlyList<IEffect> more)
    {
        var run = await runs.Read(found.Quarter, days: 0, cancellation)
            ?? throw new InvalidOperationException($"{found.Quarter} has come to somebody and has no run");
        var book = await ruleBooks.ReadVersion(run.RulesVersion, cancellation);
        var amount = new Amount(attempt.AmountMicro);
        return InactivityPayments.Debit(
            found.Quarter, found.Participant, attempt.Attempt, amount, attempt.Of.Assessment.RateBp,
            book.Inactivity.Restoration,
            [
                .. more, new AppealDecisionEffect(decision, attempt, Entry(found, decision, -amount)),
                new NoticeEffect(Told(found, decision, amount)),
            ]);
    }

    /// <summary>
    /// The commands that store a decision that moves nothing; they fail where it would move something by then.
    /// </summary>
    public static (AuditEntry Entry, IReadOnlyList<NpgsqlBatchCommand> Commands) MoveNothing(
        FoundAppeal found, AppealDecision decision) => (
        Entry(found, decision, Amount.Zero),
        [
            OperatorRegister.Expect(decision.By), AppealTable.Decide(decision, transaction: null),
            AppealTable.Expect(found),
            NoticeTable.Insert([Told(found, decision, Amount.Zero)], decision.At, [null]),
        ]);

    private static Notice Told(FoundAppeal found, AppealDecision decision, Amount moved) =>
        InactivityNotices.Decided(decision.Appeal, found.Quarter, found.Participant, decision.IsAccepted, moved);

    private static AuditEntry Entry(FoundAppeal found, AppealDecision decision, Amount moved) => new(
        decision.At, decision.By.Subject, decision.Action, found.View.Participant,
        AuditEntry.Json(new { state = AppealState.Open.WireName() }),
        AuditEntry.Json(new
        {
            appeal = decision.Appeal,
            quarter = found.View.Quarter,
            state = (decision.IsAccepted ? AppealState.Accepted : AppealState.Rejected).WireName(),
            moved,
            spared = decision.Spared,
            signed = decision.Spared is null ? null : decision.By.Name,
            approval = decision.Approval,
        }),
        decision.Reason);
}

using Stk.GrainInterfaces.Inactivity;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Suspensions;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using DecisionPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Inactivity.AppealView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Inactivity;

/// <inheritdoc cref="IAppealsGrain"/>
internal sealed class AppealsGrain(
    AppealTable table, DebitTable debits, LineTable lines, KeyedWrites writes, SiloSuspensions suspensions,
    OperatorRegister register, ILedger ledger, IClock clock) : Grain, IAppealsGrain
{
    public Task<AppealPage> List(PageRequest request, AppealState? state, CancellationToken cancellation) =>
        table.Read(request, state, cancellation);

    public Task<SpendingReply<AppealView>> Decide(DecideAppealRequest request, CancellationToken cancellation) =>
        writes.Spend(request.Key, () => Plan(request, cancellation), _ => Read(request.Appeal), cancellation);

    private async Task<DecisionPlan> Plan(DecideAppealRequest request, CancellationToken cancellation)
    {
        if (await table.Find(request.Appeal, cancellation) is not { } appeal)
        {
            return new DecisionPlan.Refuse(SpendingRefusal.UnknownAppeal, IsKept: false);
        }

        if (appeal.View.State != AppealState.Open)
        {
            return new DecisionPlan.Refuse(SpendingRefusal.AlreadyDecided);
        }

        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new DecisionPlan.Refuse(SpendingRefusal.OperatorUnknown, IsKept: false);
        }

        if (by.Owns(appeal.View.Participant))
        {
            return new DecisionPlan.Refuse(SpendingRefusal.OwnAffair, IsKept: false);
        }

        var debit = await debits.Find(appeal.Quarter, appeal.Participant, cancellation);
        var line = await lines.ReadLast(appeal.Quarter, appeal.Participant, cancellation);
        return request.IsAccepted
            ? Accept(request, by, appeal, debit, line)
            : await Reject(request, by, appeal, debit, line, cancellation);
    }

    // Spared, or the exact sum back; what was given back already is not given twice.
    private DecisionPlan Accept(
        DecideAppealRequest request, ActingPerson by, StoredAppeal appeal, StoredDebit? debit, StoredLine? line)
    {
        var (decision, view) = Decided(request, by, appeal);
        return debit is { Returned: null }
            ? new DecisionPlan.Post(
                InactivityPayments.AppealReturn(
                    appeal.Quarter, appeal.Participant, debit.Amount, new RequestEffect(request.Key),
                    new AppealDecisionEffect(decision, line: null, Entry(decision, view, debit.Amount))),
                receipt => view with
                {
                    DecidedAt = receipt.At,
                    Transaction = InactivityIds.AppealReturn(appeal.Quarter, appeal.Participant),
                },
                SpendingRefusal.InsufficientFunds, SpendingRefusal.BalanceTooLarge)
            : MovingNothing(decision, view, appeal, debit, line);
    }

    // What was put off is taken: of no more than was assessed, and of no more than is there.
    private async Task<DecisionPlan> Reject(
        DecideAppealRequest request, ActingPerson by, StoredAppeal appeal, StoredDebit? debit, StoredLine? line,
        CancellationToken cancellation)
    {
        var (decision, view) = Decided(request, by, appeal);
        if (debit is not null || line is not { Outcome: InactivityOutcome.Appealed })
        {
            return MovingNothing(decision, view, appeal, debit, line);
        }

        await suspensions.Refresh(cancellation);
        if (suspensions.IsSuspended(appeal.Participant))
        {
            return new DecisionPlan.Refuse(SpendingRefusal.ParticipantSuspended, IsKept: false);
        }

        var available = (await ledger.GetBalances([AccountId.Available(appeal.Participant)], cancellation))[0];
        var amount = line.Assessment.AfterRejection(available.Balance);
        if (amount == Amount.Zero)
        {
            return MovingNothing(decision, view, appeal, debit, line);
        }

        var attempt = new NewAttempt(
            line, Amount.Min(line.Assessment.Base, available.Balance).Micro, available.Sequence, amount.Micro);
        return new DecisionPlan.Post(
            InactivityPayments.Debit(
                appeal.Quarter, appeal.Participant, line.Attempt + 1, amount, new RequestEffect(request.Key),
                new AppealDecisionEffect(decision, attempt, Entry(decision, view, -amount))),
            receipt => view with
            {
                DecidedAt = receipt.At,
                Transaction = InactivityIds.Debit(appeal.Quarter, appeal.Participant, line.Attempt + 1),
                Sum = amount,
            },
            SpendingRefusal.InsufficientFunds, SpendingRefusal.BalanceTooLarge);
    }

    private static DecisionPlan.Write MovingNothing(
        AppealDecision decision, AppealView view, StoredAppeal appeal, StoredDebit? debit, StoredLine? line) => new(
            view, Entry(decision, view, Amount.Zero),
            OperatorRegister.Expect(decision.By), AppealTable.Decide(decision, transaction: null),
            AppealTable.Expect(appeal, line, debit is not null));

    private (AppealDecision Decision, AppealView View) Decided(
        DecideAppealRequest request, ActingPerson by, StoredAppeal appeal)
    {
        var at = clock.Now.InWholeMicroseconds();
        return (
            new(request.Appeal, request.IsAccepted, at, by, request.Reason, request.Key.Id),
            appeal.View with
            {
                State = request.IsAccepted ? AppealState.Accepted : AppealState.Rejected,
                DecidedAt = at,
                DecidedBy = request.By,
                Reason = request.Reason,
            });
    }

    private static AuditEntry Entry(AppealDecision decision, AppealView view, Amount moved) => new(
        decision.At, decision.By.Subject, "appeal.decide", view.Participant,
        AuditEntry.Json(new { state = AppealState.Open.WireName() }),
        AuditEntry.Json(new { appeal = view.Id, quarter = view.Quarter, state = view.State.WireName(), moved }),
        decision.Reason);

    private async Task<AppealView> Read(Guid id) => (await table.Find(id, CancellationToken.None))?.View
        ?? throw new InvalidOperationException($"a request about appeal {id} was done, and there is no such appeal");
}

using Stk.GrainInterfaces.Inactivity;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Approvals;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Signatures;
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
    AppealTable table, AppealDecisions decisions, KeyedWrites writes, SiloSuspensions suspensions,
    OperatorRegister register, SignatureLimits signatures, ApprovalDesk desk, ILedger ledger, IClock clock)
    : Grain, IAppealsGrain
{
    public Task<AppealPage> List(PageRequest request, AppealState? state, CancellationToken cancellation) =>
        table.Read(request, state, cancellation);

    public Task<SpendingReply<AppealView>> Decide(DecideAppealRequest request, CancellationToken cancellation) =>
        writes.Spend(request.Key, () => Plan(request, cancellation), stored => Read(stored, request), cancellation);

    private async Task<DecisionPlan> Plan(DecideAppealRequest request, CancellationToken cancellation)
    {
        if (await decisions.Find(request.Appeal, cancellation) is not { } found)
        {
            return new DecisionPlan.Refuse(SpendingRefusal.UnknownAppeal, IsKept: false);
        }

        if (!found.IsOpen)
        {
            return new DecisionPlan.Refuse(SpendingRefusal.AlreadyDecided);
        }

        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new DecisionPlan.Refuse(SpendingRefusal.OperatorUnknown, IsKept: false);
        }

        if (by.Owns(found.View.Participant))
        {
            return new DecisionPlan.Refuse(SpendingRefusal.OwnAffair, IsKept: false);
        }

        var decision = new AppealDecision(
            request.Appeal, request.IsAccepted, clock.Now.InWholeMicroseconds(), by, request.Reason, request.Key.Id);
        return request.IsAccepted
            ? await Accept(found, decision, request, cancellation)
            : await Reject(found, decision, request, cancellation);
    }

    // Spared, or the exact sum back; what was given back already is not given twice. Either counts towards what one
    // signature may give, and above that it takes two.
    private async Task<DecisionPlan> Accept(
        FoundAppeal found, AppealDecision decision, DecideAppealRequest request, CancellationToken cancellation)
    {
        if (found.Given == Amount.Zero)
        {
            return MoveNothing(found, decision);
        }

        var signature = new Signature(
            decision.By, found.Participant, found.Back is null ? null : Fund.Rewards, found.Given);
        if (await signatures.Sign(signature, decision.At, cancellation) is not { } signed)
        {
            return await Wait(found, decision, cancellation);
        }

        if (found.Back is not { } back)
        {
            return MoveNothing(
                found, decision with { Spared = found.Given },
                SignatureEffect.Within(signature, decision.At, signed.Limit));
        }

        var transaction = AppealDecisions.GiveBack(found, decision, back, new RequestEffect(request.Key), signed);
        return new DecisionPlan.Post(
            transaction,
            receipt => AppealDecisions.Decided(found, decision) with
            {
                DecidedAt = receipt.At,
                Transaction = transaction.Id,
            },
            SpendingRefusal.InsufficientFunds, SpendingRefusal.BalanceTooLarge);
    }

    private async Task<DecisionPlan> Wait(FoundAppeal found, AppealDecision decision, CancellationToken cancellation)
    {
        var asked = new AskedAct(
            decision.Request, AppealAcceptance.KindName, decision.By, found.View.Participant, AcceptAppealAct.Of(found),
            decision.Reason)
        {
            GainingParticipants = [found.View.Participant],
        };
        var (waiting, entry) = await desk.Waiting(asked, cancellation);
        return new DecisionPlan.Write(
            found.View with { Waiting = waiting }, entry, ApprovalDesk.Keep(asked, waiting));
    }

    // What was put off is taken: of no more than was assessed, and of no more than is there.
    private async Task<DecisionPlan> Reject(
        FoundAppeal found, AppealDecision decision, DecideAppealRequest request, CancellationToken cancellation)
    {
        if (found is not { Debit: null, Line: { Outcome: InactivityOutcome.Appealed } line })
        {
            return MoveNothing(found, decision);
        }

        await suspensions.Refresh(cancellation);
        if (suspensions.IsSuspended(found.Participant))
        {
            return new DecisionPlan.Refuse(SpendingRefusal.ParticipantSuspended, IsKept: false);
        }

        var available = (await ledger.GetBalances([AccountId.Available(found.Participant)], cancellation))[0];
        var amount = line.Assessment.AfterRejection(available.Balance);
        if (amount == Amount.Zero)
        {
            return MoveNothing(found, decision);
        }

        var attempt = new NewAttempt(
            line, await table.NextAttempt(line, cancellation),
            Amount.Min(line.Assessment.Base, available.Balance).Micro, available.Sequence, amount.Micro);
        var transaction = await decisions.Take(
            found, decision, attempt, cancellation, new RequestEffect(request.Key));
        return new DecisionPlan.Post(
            transaction,
            receipt => AppealDecisions.Decided(found, decision) with
            {
                DecidedAt = receipt.At,
                Transaction = transaction.Id,
                Sum = amount,
            },
            SpendingRefusal.InsufficientFunds, SpendingRefusal.BalanceTooLarge);
    }

    private static DecisionPlan.Write MoveNothing(
        FoundAppeal found, AppealDecision decision, params IReadOnlyList<Npgsql.NpgsqlBatchCommand> behind)
    {
        var (entry, commands) = AppealDecisions.MoveNothing(found, decision);
        return new(AppealDecisions.Decided(found, decision), entry, [.. commands, .. behind]);
    }

    // One that waited is answered again as it was, whatever was decided since.
    private async Task<AppealView> Read(StoredRequest stored, DecideAppealRequest request)
    {
        var view = (await table.Find(request.Appeal, CancellationToken.None))?.View
            ?? throw new InvalidOperationException(
                $"a request about appeal {request.Appeal} was done, and there is no such appeal");
        return stored.Transaction is null && await desk.Find(stored.Id, CancellationToken.None) is not null
            ? view with
            {
                State = AppealState.Open,
                DecidedAt = null,
                DecidedBy = null,
                Reason = null,
                Transaction = null,
                Waiting = await desk.ReadAsked(stored.Id),
            }
            : view;
    }
}

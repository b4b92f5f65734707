using System.Diagnostics;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Treasury;
using Stk.Grains.Approvals;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Signatures;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using Stk.Rules.Treasury;
using FundSpendPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Treasury.FundSpendView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Treasury;

/// <inheritdoc cref="ITreasuryGrain"/>
internal sealed class TreasuryGrain(
    KeyedWrites writes, ApprovalDesk desk, SignatureLimits signatures, OperatorRegister register, FundSpendTable table,
    Counterparties counterparties, IClock clock)
    : Grain, ITreasuryGrain
{
    public Task<SpendingReply<FundSpendView>> Spend(FundSpendRequest request, CancellationToken cancellation) =>
        writes.Spend(
        request.Key, () => Plan(request, cancellation), stored => ReadAsked(stored.Id), cancellation);

    public async Task<SpendingReply<FundSpendView>> Decide(DecideRequest request, CancellationToken cancellation) =>
        await desk.Decide(
            new DecideApprovalRequest(request.Key, request.Spend, request.IsApproved, request.Reason, request.By),
            FundSpendApproval.KindName, cancellation) switch
        {
            SpendingReply<ApprovalView>.Done(_, var isReplay) =>
                new SpendingReply<FundSpendView>.Done(await Read(request.Spend), isReplay),
            SpendingReply<ApprovalView>.Refused(SpendingRefusal.UnknownApproval, var isReplay) =>
                new SpendingReply<FundSpendView>.Refused(await Unknown(request.Spend), isReplay),
            SpendingReply<ApprovalView>.Refused(var reason, var isReplay) =>
                new SpendingReply<FundSpendView>.Refused(reason, isReplay),
            SpendingReply<ApprovalView>.KeyReused => new SpendingReply<FundSpendView>.KeyReused(),
            _ => throw new UnreachableException(),
        };

    public Task<FundSpendPage> GetSpends(PageRequest request, bool isWaitingOnly, CancellationToken cancellation) =>
        table.Read(request, isWaitingOnly, clock.Now, cancellation);

    private async Task<FundSpendPlan> Plan(FundSpendRequest request, CancellationToken cancellation)
    {
        if (!FundSpendRules.IsSpendable(request.Fund))
        {
            return new FundSpendPlan.Refuse(SpendingRefusal.FundNotSpendable);
        }

        if (await counterparties.Find(request.To, cancellation) is not { } receiver)
        {
            return new FundSpendPlan.Refuse(SpendingRefusal.UnknownParticipant);
        }

        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new FundSpendPlan.Refuse(SpendingRefusal.OperatorUnknown, IsKept: false);
        }

        return by.Owns(request.To)
            ? new FundSpendPlan.Refuse(SpendingRefusal.OwnAffair, IsKept: false)
            : await Plan(request, by, receiver, cancellation);
    }

    private async Task<FundSpendPlan> Plan(
        FundSpendRequest request, ActingPerson by, long receiver, CancellationToken cancellation)
    {
        var now = clock.Now.InWholeMicroseconds();
        var terms = new FundSpendTerms(
            request.Key.Id, (short)request.Fund, receiver, request.Amount.Micro, (short)request.Kind,
            (short)request.VestsDays);
        var view = new FundSpendView(
            terms.Id, FundSpendState.Waiting, request.Fund, request.To, request.Amount, request.Kind, request.Reason,
            request.VestsDays, now, request.By, DecidedAt: null, DecidedBy: null, Transaction: null);
        if (await signatures.Sign(new(by, receiver, request.Fund, request.Amount), now, cancellation) is not { } signed)
        {
            var asked = new AskedAct(
                terms.Id, FundSpendApproval.KindName, by, request.To, FundSpendAct.Of(view), request.Reason)
            {
                GainingParticipants = [request.To],
            };
            var (waiting, _) = await desk.Waiting(asked, cancellation);
            view = view with { AskedAt = waiting.AskedAt, IsAlone = waiting.IsAlone };
            return new FundSpendPlan.Write(
                view, FundSpends.Entry(view.AskedAt, by, "fund.spend", view, before: null, request.Reason),
                [.. ApprovalDesk.Keep(asked, waiting), FundSpendTable.InsertWaiting(terms, request, view.AskedAt)]);
        }

        var paid = view with { State = FundSpendState.Paid, Transaction = terms.Id };
        var entry = FundSpends.Entry(now, by, "fund.spend", paid, before: null, request.Reason);
        return new FundSpendPlan.Post(
            FundSpends.Transaction(
                terms.Id, terms, new RequestEffect(request.Key), signed, new FundSpendEffect(terms, request, null, entry)),
            receipt => paid with { AskedAt = receipt.At }, SpendingRefusal.InsufficientFunds,
            SpendingRefusal.BalanceTooLarge);
    }

    // What one signature has paid never was at the desk, nor what was paid before there was one.
    private async Task<SpendingRefusal> Unknown(Guid spend) =>
        await table.Find(spend, clock.Now, CancellationToken.None) is null
            ? SpendingRefusal.UnknownSpending
            : SpendingRefusal.AlreadyDecided;

    // As it was answered first: one that a second operator has decided, or nobody in time, was waiting then.
    private async Task<FundSpendView> ReadAsked(Guid id)
    {
        var spend = await Read(id);
        return spend is { State: FundSpendState.Paid, DecidedBy: null }
            ? spend
            : spend with
            {
                State = FundSpendState.Waiting,
                DecidedAt = null,
                DecidedBy = null,
                Transaction = null,
                // One from before there was the desk never waited at it.
                IsAlone = await desk.Find(id, CancellationToken.None) is { IsAlone: true },
            };
    }

    private async Task<FundSpendView> Read(Guid id) => (await table.Find(id, clock.Now, CancellationToken.None))?.View
        ?? throw new InvalidOperationException($"a request about spending {id} was done, and there is no such spending");
}

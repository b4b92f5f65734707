using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Treasury;
using Stk.Grains.AuditLog;
using Stk.Grains.Economy;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Vesting;
using Stk.Ledger.Accounts;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using Stk.Rules.Treasury;
using Stk.Rules.Weeks;
using FundSpendPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Treasury.FundSpendView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Treasury;

/// <inheritdoc cref="ITreasuryGrain"/>
internal sealed class TreasuryGrain(
    KeyedWrites writes, FundSpendTable table, Counterparties counterparties, EconomyCache economy, IClock clock)
    : Grain, ITreasuryGrain
{
    public Task<SpendingReply<FundSpendView>> Spend(FundSpendRequest request, CancellationToken cancellation) =>
        writes.Spend(
        request.Key, () => Plan(request, cancellation), stored => ReadAsked(stored.Id), cancellation);

    public Task<SpendingReply<FundSpendView>> Decide(DecideRequest request, CancellationToken cancellation) => writes.Spend(
        request.Key, () => Plan(request, cancellation), _ => Read(request.Spend), cancellation);

    public Task<FundSpendPage> GetSpends(PageRequest request, bool isWaitingOnly, CancellationToken cancellation) =>
        table.Read(request, isWaitingOnly, cancellation);

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

        var now = Now();
        var terms = new FundSpendTerms(
            request.Key.Id, (short)request.Fund, receiver, request.Amount.Micro, (short)request.Kind,
            (short)request.VestsDays);
        var view = new FundSpendView(
            terms.Id, FundSpendState.Waiting, request.Fund, request.To, request.Amount, request.Kind, request.Reason,
            request.VestsDays, now, request.By, DecidedAt: null, DecidedBy: null, Transaction: null);
        var entry = Entry(now, request.By, "fund.spend", view, before: null, request.Reason);
        if (FundSpendRules.NeedsApproval(request.Amount, economy.Current.RuleBooks.Of(WeekId.Of(now)).Spending))
        {
            return new FundSpendPlan.Write(view, entry, FundSpendTable.InsertWaiting(terms, request, now));
        }

        var paid = view with { State = FundSpendState.Paid, Transaction = terms.Id };
        entry = Entry(now, request.By, "fund.spend", paid, before: null, request.Reason);
        return new FundSpendPlan.Post(
            Transaction(terms.Id, terms, new RequestEffect(request.Key), new FundSpendEffect(terms, request, null, entry)),
            receipt => paid with { AskedAt = receipt.At }, SpendingRefusal.InsufficientFunds,
            SpendingRefusal.BalanceTooLarge);
    }

    private async Task<FundSpendPlan> Plan(DecideRequest request, CancellationToken cancellation)
    {
        var stored = await table.Find(request.Spend, cancellation);
        if (Objection(stored?.View, request) is { } objection)
        {
            return new FundSpendPlan.Refuse(objection);
        }

        var (terms, waiting) = stored!; // or it was refused
        var now = Now();
        var decided = waiting with { DecidedAt = now, DecidedBy = request.By };
        if (!request.IsApproved)
        {
            var rejected = decided with { State = FundSpendState.Rejected };
            return new FundSpendPlan.Write(
                rejected, Entry(now, request.By, "fund.reject", rejected, waiting, request.Reason),
                FundSpendTable.Reject(request, now));
        }

        // Of the decision, so that one refused for want of funds can be taken again; that it is paid once, its row sees to.
        var transaction = CauseId.Of("fund-spend", terms.Id.ToString(), request.Key.Id.ToString());
        var paid = decided with { State = FundSpendState.Paid, Transaction = transaction };
        var entry = Entry(now, request.By, "fund.approve", paid, waiting, request.Reason);
        return new FundSpendPlan.Post(
            Transaction(
                transaction, terms, new RequestEffect(request.Key), new FundSpendEffect(terms, null, request, entry)),
            receipt => paid with { DecidedAt = receipt.At }, SpendingRefusal.InsufficientFunds,
            SpendingRefusal.BalanceTooLarge);
    }

    private static SpendingRefusal? Objection(FundSpendView? spend, DecideRequest request) => spend switch
    {
        null => SpendingRefusal.UnknownSpending,
        { State: not FundSpendState.Waiting } => SpendingRefusal.AlreadyDecided,
        _ when spend.AskedBy == request.By => SpendingRefusal.NeedsSecondApproval,
        _ => null,
    };

    private static Transaction Transaction(Guid id, FundSpendTerms terms, params ImmutableArray<IEffect> effects)
    {
        var amount = new Amount(terms.AmountMicro);
        var kind = (FundSpendKind)terms.Kind;
        var isFrozen = terms.VestsDays > 0;
        return new(
            id, TransactionKind.FundSpend, kind.ToString().ToLowerInvariant(),
            [
                new(AccountId.Fund((Fund)terms.Fund), -amount),
                new(isFrozen ? AccountId.Frozen(terms.Receiver) : AccountId.Available(terms.Receiver), amount),
            ],
            isFrozen ? effects.Add(new FundGrantEffect(terms.Receiver, kind, terms.VestsDays, amount)) : effects);
    }

    private static AuditEntry Entry(
        DateTimeOffset at, string by, string action, FundSpendView spend, FundSpendView? before, string reason) => new(
            at, by, action, spend.To, before is null ? null : AuditEntry.Json(Logged(before)),
            AuditEntry.Json(Logged(spend)), reason);

    private static object Logged(FundSpendView spend) => new
    {
        id = spend.Id,
        state = spend.State.ToString().ToLowerInvariant(),
        fund = spend.Fund.WireName(),
        amount = spend.Amount,
        kind = spend.Kind.ToString().ToLowerInvariant(),
        vestsDays = spend.VestsDays,
    };

    // As it was answered first: one that a second operator has decided was waiting then.
    private async Task<FundSpendView> ReadAsked(Guid id)
    {
        var spend = await Read(id);
        return spend.DecidedBy is null
            ? spend
            : spend with { State = FundSpendState.Waiting, DecidedAt = null, DecidedBy = null, Transaction = null };
    }

    private async Task<FundSpendView> Read(Guid id) => (await table.Find(id, CancellationToken.None))?.View
        ?? throw new InvalidOperationException($"a request about spending {id} was done, and there is no such spending");

    private DateTimeOffset Now() => clock.Now.InWholeMicroseconds();
}

using System.Collections.Immutable;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Balances;
using Stk.Grains.Economy;
using Stk.Grains.Notices;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Suspensions;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using TransferPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Spending.TransferView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Transfers;

/// <summary>From one participant to another.</summary>
internal sealed class TransferPlanner(
    KeyedWrites writes, TransferTable table, Counterparties counterparties, Purses purses, SiloSuspensions suspensions,
    EconomyCache economy, IClock clock)
{
    public Task<SpendingReply<TransferView>> Run(Payer sender, TransferRequest request, CancellationToken cancellation)
    {
        var check = new SuspensionCheck(suspensions);
        return writes.Spend(
            request.Key,
            () => Plan(sender, request, check, cancellation),
            stored => table.Read(stored.Id, CancellationToken.None),
            cancellation,
            () => check.FreshObjection(sender, CancellationToken.None));
    }

    // The order of the checks is the rule: what the request alone says, what the sender may and has, and only then whom it
    // names. To an empty purse an id that nobody has is as one that somebody has.
    private async Task<TransferPlan> Plan(
        Payer sender, TransferRequest request, SuspensionCheck check, CancellationToken cancellation)
    {
        if (await check.Objection(sender, cancellation) is { } suspended)
        {
            return new TransferPlan.Refuse(suspended, IsKept: false);
        }

        var now = clock.Now;
        var rules = economy.Current.RuleBooks.Of(WeekId.Of(now)).Spending;
        if (BeforeMoney(sender, request, rules) is { } early)
        {
            return new TransferPlan.Refuse(early, IsKept: false);
        }

        var number = sender.Number!.Value; // or it was refused

        if (rules.TransferDayMax is { } dayMax
            && await table.ReadSent(number, DateOnly.FromDateTime(now.UtcDateTime), cancellation) + request.Amount > dayMax)
        {
            return new TransferPlan.Refuse(SpendingRefusal.AboveDayLimit);
        }

        var fee = rules.Fee(request.Amount);
        if (await counterparties.Find(request.To, cancellation) is not { } receiver)
        {
            return await purses.Holds(number, request.Amount + fee, cancellation)
                ? new TransferPlan.Refuse(SpendingRefusal.UnknownParticipant, IsKept: false)
                : new TransferPlan.Refuse(SpendingRefusal.InsufficientFunds);
        }

        // By another id of their own.
        if (receiver == number)
        {
            return new TransferPlan.Refuse(SpendingRefusal.SelfTransfer);
        }

        return new TransferPlan.Post(
            Transaction(request, number, receiver, fee, rules.TransferDayMax),
            receipt => new(
                request.Key.Id, receipt.Sequence, receipt.At, request.To, request.Amount, fee, request.Note),
            SpendingRefusal.InsufficientFunds, SpendingRefusal.BalanceTooLarge);
    }

    private static SpendingRefusal? BeforeMoney(Payer sender, TransferRequest request, SpendingRules rules) =>
        request.To == sender.Id ? SpendingRefusal.SelfTransfer
        : request.Amount > rules.TransferMax ? SpendingRefusal.AboveTransferLimit
        // Whom nobody knows has nothing; and nobody has more than is ever issued: beyond it sums need not fit.
        : sender.Number is null || request.Amount > SpendingRules.MaxLimit ? SpendingRefusal.InsufficientFunds
        : null;

    private static Transaction Transaction(
        TransferRequest request, long sender, long receiver, Amount fee, Amount? dayMax)
    {
        ImmutableArray<Posting> postings =
        [
            new(AccountId.Available(sender), -(request.Amount + fee)),
            new(AccountId.Available(receiver), request.Amount),
            .. fee > Amount.Zero ? [new(AccountId.Fund(Fund.Treasury), fee)] : ImmutableArray<Posting>.Empty,
        ];
        return new(
            request.Key.Id, TransactionKind.Transfer, "", postings,
            [
                new RequestEffect(request.Key),
                new TransferEffect(sender, receiver, request.Amount, fee, request.Note, dayMax),
                // From whom, and with which note, stands with the transfer, where it can be erased.
                new NoticeEffect(Notice.Of(
                    NoticeKinds.TransferReceived, receiver, new { amount = request.Amount }, request.Key.Id.ToString())),
            ]);
    }
}

using System.Collections.Immutable;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.AuditLog;
using Stk.Grains.Economy;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using RefundPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Spending.RefundView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Purchases;

/// <summary>A purchase taken back: the exact reverse, once.</summary>
internal sealed class Refunds(KeyedWrites writes, PurchaseTable table, EconomyCache economy, IClock clock)
{
    public Task<SpendingReply<RefundView>> Run(Payer buyer, RefundRequest request, CancellationToken cancellation) =>
        writes.Spend(
            request.Key,
            () => Plan(buyer, request, cancellation),
            stored => table.ReadRefund(stored.Id, CancellationToken.None),
            cancellation);

    private async Task<RefundPlan> Plan(Payer buyer, RefundRequest request, CancellationToken cancellation)
    {
        if (await table.Read(request.Purchase, cancellation) is not { } stored || stored.Buyer != buyer.Number)
        {
            return new RefundPlan.Refuse(SpendingRefusal.UnknownPurchase);
        }

        if (stored.View.RefundedAt is not null)
        {
            return new RefundPlan.Refuse(SpendingRefusal.AlreadyRefunded);
        }

        var now = clock.Now;
        var days = economy.Current.RuleBooks.Of(WeekId.Of(now)).Spending.RefundDays;
        return now > stored.View.At.AddDays(days)
            ? new RefundPlan.Refuse(SpendingRefusal.RefundTooLate)
            : Plan(request, stored, now);
    }

    private static RefundPlan.Post Plan(RefundRequest request, StoredPurchase stored, DateTimeOffset now)
    {
        var purchase = stored.View;
        // Those who give back first: of a buyer's part none is overdrawn on the way.
        ImmutableArray<Posting> postings =
        [
            .. PurchasePlanner.Postings(AccountId.Available(stored.Buyer), stored.Paid)
                .Select(posting => posting with { Amount = -posting.Amount }).OrderBy(posting => posting.Amount),
        ];
        var entry = new AuditEntry(
            now, request.By, "purchase.refund", purchase.Buyer,
            AuditEntry.Json(new { purchase = purchase.Id, service = purchase.Service, price = purchase.Price }),
            AuditEntry.Json(new { refund = request.Key.Id, amount = purchase.Price }),
            request.Reason);
        return new(
            new(
                request.Key.Id, TransactionKind.Refund, purchase.Service, postings,
                [new RequestEffect(request.Key), new RefundEffect(purchase.Id, request.Reason, request.By, entry)]),
            receipt => new(request.Key.Id, receipt.Sequence, receipt.At, purchase.Id, purchase.Price),
            SpendingRefusal.RecipientHasSpent, SpendingRefusal.BalanceTooLarge);
    }
}

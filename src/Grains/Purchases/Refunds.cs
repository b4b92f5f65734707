using System.Collections.Immutable;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Economy;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Signatures;
using Stk.Ledger.Accounts;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using RefundPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Spending.RefundView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Purchases;

/// <summary>
/// A purchase taken back: the exact reverse, once. Above what one signature may give, two persons take it back.
/// </summary>
internal sealed class Refunds(
    KeyedWrites writes, PurchaseTable table, ApprovalDesk desk, SignatureLimits signatures, OperatorRegister register,
    EconomyCache economy, IClock clock)
{
    public Task<SpendingReply<RefundView>> Run(Payer buyer, RefundRequest request, CancellationToken cancellation) =>
        writes.Spend(
            request.Key,
            () => Plan(buyer, request, cancellation),
            stored => Read(stored, request),
            cancellation);

    /// <summary>What a refund moves and writes.</summary>
    /// <param name="approval">That let it be; null where one signature did.</param>
    /// <param name="effects">That say which request it was, and by which signature or decision.</param>
    public static Transaction Transaction(
        Guid id, StoredPurchase stored, string reason, string by, DateTimeOffset now, Guid? approval,
        params ImmutableArray<IEffect> effects)
    {
        var purchase = stored.View;
        // Those who give back first: of a buyer's part none is overdrawn on the way.
        ImmutableArray<Posting> postings =
        [
            .. PurchasePlanner.Postings(AccountId.Available(stored.Buyer), stored.Paid)
                .Select(posting => posting with { Amount = -posting.Amount }).OrderBy(posting => posting.Amount),
        ];
        var entry = new AuditEntry(
            now, by, "purchase.refund", purchase.Buyer,
            AuditEntry.Json(new { purchase = purchase.Id, service = purchase.Service, price = purchase.Price }),
            AuditEntry.Json(new { refund = id, amount = purchase.Price, approval }),
            reason);
        return new(
            id, TransactionKind.Refund, purchase.Service, postings,
            [
                .. effects, new RefundEffect(purchase.Id, reason, by, entry),
                .. PurchaseNotices.OfRefund(id, stored.Buyer, purchase.Service, purchase.Price, stored.Paid),
            ]);
    }

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

        var now = clock.Now.InWholeMicroseconds();
        var days = economy.Current.RuleBooks.Of(WeekId.Of(now)).Spending.RefundDays;
        if (now > stored.View.At.AddDays(days))
        {
            return new RefundPlan.Refuse(SpendingRefusal.RefundTooLate);
        }

        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new RefundPlan.Refuse(SpendingRefusal.OperatorUnknown, IsKept: false);
        }

        return by.Owns(buyer.Id)
            ? new RefundPlan.Refuse(SpendingRefusal.OwnAffair, IsKept: false)
            : await Plan(request, stored, by, now, cancellation);
    }

    private async Task<RefundPlan> Plan(
        RefundRequest request, StoredPurchase stored, ActingPerson by, DateTimeOffset now, CancellationToken cancellation)
    {
        var purchase = stored.View;
        if (await signatures.Sign(new(by, stored.Buyer, null, purchase.Price), now, cancellation) is { } signed)
        {
            return new RefundPlan.Post(
                Transaction(
                    request.Key.Id, stored, request.Reason, request.By, now, approval: null,
                    new RequestEffect(request.Key), signed),
                receipt => new(request.Key.Id, receipt.Sequence, receipt.At, purchase.Id, purchase.Price),
                SpendingRefusal.RecipientHasSpent, SpendingRefusal.BalanceTooLarge);
        }

        var asked = new AskedAct(
            request.Key.Id, RefundApproval.KindName, by, purchase.Buyer,
            new RefundAct(purchase.Id, purchase.Buyer, purchase.Service, purchase.Price), request.Reason)
        {
            GainingParticipants = [purchase.Buyer],
        };
        var (waiting, entry) = await desk.Waiting(asked, cancellation);
        return new RefundPlan.Write(
            new(request.Key.Id, 0, now, purchase.Id, purchase.Price, waiting), entry, ApprovalDesk.Keep(asked, waiting));
    }

    // One that waited has made no transaction: it is answered again as it was, whatever was decided since.
    private async Task<RefundView> Read(StoredRequest stored, RefundRequest request)
    {
        if (stored.Transaction is not null)
        {
            return await table.ReadRefund(stored.Id, CancellationToken.None);
        }

        var purchase = await table.Read(request.Purchase, CancellationToken.None)
            ?? throw new InvalidOperationException($"request {stored.Id} waits for a refund of no purchase");
        var waiting = await desk.ReadAsked(stored.Id);
        return new(stored.Id, 0, waiting.AskedAt, request.Purchase, purchase.View.Price, waiting);
    }
}

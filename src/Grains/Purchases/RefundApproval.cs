using Stk.GrainInterfaces.Spending;
using Stk.Grains.Approvals;
using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.Grains.Purchases;

/// <summary>A purchase is taken back, above what one signature may give.</summary>
internal sealed class RefundApproval(PurchaseTable table, IGrainFactory grains) : ApprovalKind<RefundAct>(KindName)
{
    public const string KindName = "purchase.refund";

    // In time is who asked in time.
    protected override async Task<ActPlan> Plan(RefundAct act, Approval approval, CancellationToken cancellation) =>
        await table.Read(act.Purchase, cancellation) is not { } stored ? new ActPlan.Refuse(SpendingRefusal.UnknownPurchase)
        : stored.View.RefundedAt is not null ? new ActPlan.Refuse(SpendingRefusal.AlreadyRefunded)
        : new RefundAct(stored.View.Id, stored.View.Buyer, stored.View.Service, stored.View.Price) != act
            ? new ActPlan.Refuse(SpendingRefusal.ActOutdated)
        : new ActPlan.Post(
            effects => Refunds.Transaction(
                approval.Key.Id, stored, approval.Asked.Reason, approval.By.Subject, approval.At, approval.Asked.Id,
                [.. effects]),
            SpendingRefusal.RecipientHasSpent);

    // The buyer's actor remembers what is entitled: asked for what is done already, it answers from what is stored, and
    // reads its entitlements again.
    protected override Task After(RefundAct act, Approval approval) => grains.GetGrain<ISpenderGrain>(act.Buyer).Refund(
        new(approval.Key, act.Purchase, approval.Asked.Reason, approval.Asked.AskedBy), CancellationToken.None);
}

/// <summary>What is taken back, as whoever approves it reads it.</summary>
internal sealed record RefundAct(Guid Purchase, string Buyer, string Service, Amount Price);

using System.Collections.Immutable;
using Stk.ApiHost.Entitlements;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;

namespace Stk.ApiHost.Services;

/// <param name="Id">The transaction's, and the entitlement's.</param>
/// <param name="Sequence">The journal's commit.</param>
/// <param name="Version">Of the service, as bought.</param>
/// <param name="Parts">In the split's order; together the price.</param>
/// <param name="RefundedAt">Null while it stands.</param>
internal sealed record PurchaseReceipt(
    Guid Id, long Sequence, DateTimeOffset At, string Buyer, string Service, int Version, Amount Price,
    ImmutableArray<PartItem> Parts, EntitlementItem Entitlement, DateTimeOffset? RefundedAt)
{
    public static PurchaseReceipt Of(PurchaseView purchase, DateTimeOffset now) => new(
        purchase.Id, purchase.Sequence, purchase.At, purchase.Buyer, purchase.Service, purchase.Version, purchase.Price,
        [.. purchase.Parts.Select(part => new PartItem(part.Role, part.Recipient, part.Amount))],
        EntitlementItem.Of(purchase.Entitlement, now), purchase.RefundedAt);
}

/// <param name="Recipient">A participant; null for the treasury.</param>
internal sealed record PartItem(string Role, string? Recipient, Amount Amount);

/// <param name="Id">The transaction's.</param>
/// <param name="Amount">What came back to the buyer: the price.</param>
internal sealed record RefundReceipt(Guid Id, long Sequence, DateTimeOffset At, Guid Purchase, Amount Amount);

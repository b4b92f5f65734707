using System.Collections.Immutable;
using Stk.Client.Connections;
using Stk.Client.Entitlements;
using Stk.Rules.Money;

namespace Stk.Client.Spending;

/// <param name="Version">Of the service, as bought.</param>
/// <param name="Parts">In the split's order; together the price.</param>
/// <param name="RefundedAt">Null while it stands.</param>
public sealed record Purchase(
    Guid Id, long Sequence, DateTimeOffset At, string Buyer, string Service, int Version, Amount Price,
    ImmutableArray<PurchasePart> Parts, Entitlement Entitlement, DateTimeOffset? RefundedAt) : ISequenced;

/// <param name="Recipient">Null for the treasury.</param>
public sealed record PurchasePart(string Role, string? Recipient, Amount Amount);

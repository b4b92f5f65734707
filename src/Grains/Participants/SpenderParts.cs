using Stk.Grains.Entitlements;
using Stk.Grains.Purchases;
using Stk.Grains.Transfers;

namespace Stk.Grains.Participants;

/// <summary>What a participant's actor spends with: stateless, one a silo.</summary>
internal sealed record SpenderParts(
    TransferPlanner Transfers, PurchasePlanner Purchases, Refunds Refunds, EntitlementTable Entitlements);

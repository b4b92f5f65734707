namespace Stk.Grains.Spending;

/// <summary>What a participant's actor spends with: stateless, one a silo.</summary>
internal sealed record SpenderParts(
    TransferPlanner Transfers, PurchasePlanner Purchases, Refunds Refunds, EntitlementTable Entitlements, SalesTable Sales,
    TransactionNotes Notes);

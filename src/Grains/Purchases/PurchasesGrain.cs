using Stk.GrainInterfaces.Spending;
using Stk.Rules.Time;

namespace Stk.Grains.Purchases;

/// <inheritdoc cref="IPurchasesGrain"/>
internal sealed class PurchasesGrain(PurchaseTable table, IClock clock) : Grain, IPurchasesGrain
{
    public async Task<FoundPurchase?> FindAsOf(Guid purchase, CancellationToken cancellation) =>
        await Find(purchase, cancellation) is { } found ? new(clock.Now, found) : null;

    public async Task<PurchaseView?> Find(Guid purchase, CancellationToken cancellation) =>
        (await table.Read(purchase, cancellation))?.View;
}

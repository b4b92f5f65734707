using Stk.GrainInterfaces.Spending;

namespace Stk.Grains.Purchases;

/// <inheritdoc cref="IPurchasesGrain"/>
internal sealed class PurchasesGrain(PurchaseTable table) : Grain, IPurchasesGrain
{
    public async Task<PurchaseView?> Find(Guid purchase, CancellationToken cancellation) =>
        (await table.Read(purchase, cancellation))?.View;
}

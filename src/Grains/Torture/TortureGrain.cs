using Orleans.Concurrency;
using Stk.Ledger;
using Stk.Ledger.Machine;

namespace Stk.Grains.Torture;

/// <inheritdoc cref="ITortureGrain"/>
// On whichever silo a caller comes to: a silo that has just come back has its share of posts at once.
[StatelessWorker(1)]
internal sealed class TortureGrain(ILedger ledger) : Grain, ITortureGrain
{
    public async Task<TransferAnswer> Post(TransferOrder order)
    {
        var result = await ledger.Post(TortureTransfers.Plan(order));
        if (result.Objection is Refusal.IdUsedWithOtherContent)
        {
            // Perhaps done by a build before this one; then this repeats it, and otherwise it is refused as well.
            result = await ledger.Post(TortureTransfers.PlanOfBefore(order));
        }

        return new(result.Objection, result.Receipt?.Sequence ?? 0, result is PostResult.Repeated);
    }
}

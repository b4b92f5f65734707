using Stk.Grains.Clocks;
using Stk.Ledger;
using Stk.Ledger.Machine;

namespace Stk.Grains.Weeks;

/// <summary>A week's own transactions, and that every silo has heard of them.</summary>
internal sealed class WeekPosting(ILedger ledger, SiloClocks silos)
{
    /// <exception cref="InvalidOperationException">The ledger has refused: nothing of a week may be refused.</exception>
    public async Task Post(Transaction transaction)
    {
        var result = await ledger.Post(transaction, PostPriority.Bulk);
        if (result.Objection is { } refusal)
        {
            throw new InvalidOperationException(
                $"the ledger refused {transaction.Kind} of week {transaction.Reference}: {refusal}");
        }
    }

    /// <summary>Whoever asks any silo after this sees what was done. Returns the journal's head.</summary>
    public async Task<string> CatchUp()
    {
        var head = await ledger.GetHead(CancellationToken.None);
        await silos.CatchUp(head.Sequence);
        return head.ToString();
    }
}

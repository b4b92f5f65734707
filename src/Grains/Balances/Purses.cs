using Stk.Rules.Money;

namespace Stk.Grains.Balances;

/// <summary>What payers have, as the book says: asked where a payment cannot be made for another reason.</summary>
internal sealed class Purses(BalanceReads reads)
{
    /// <summary>Whether so much is available.</summary>
    public async Task<bool> Holds(long participant, Amount amount, CancellationToken cancellation) =>
        (await reads.Get(participant, cancellation)).Available.Balance >= amount;
}

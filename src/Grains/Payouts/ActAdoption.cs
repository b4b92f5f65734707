using System.Collections.Immutable;
using Stk.Settlement.Acts;

namespace Stk.Grains.Payouts;

/// <summary>Takes acts that were asked for and approved: from then on they are followed as batches are.</summary>
internal sealed class ActAdoption(ChainTerms terms, ActTable acts, AskedActTable asked, TimeProvider time)
{
    /// <summary>New acts, each stored already, under the id that it was asked for with.</summary>
    /// <exception cref="Npgsql.PostgresException">Another activation has followed.</exception>
    public async Task<ImmutableArray<ChainAct>> Adopt(long epoch, CancellationToken cancellation)
    {
        var adopted = ImmutableArray.CreateBuilder<ChainAct>();
        if (terms.Addresses is { } ours)
        {
            foreach (var one in await asked.ReadNew(cancellation))
            {
                var act = ChainAct.New(one.Id, AskedPlans.Of(one, ours), epoch);
                await acts.Insert(act, time.GetUtcNow());
                adopted.Add(act);
            }
        }

        return adopted.ToImmutable();
    }
}

using Microsoft.Extensions.Logging;
using Stk.Ledger;
using Stk.Storage;

namespace Stk.Grains.Vesting;

/// <summary>Pays out what is decided, from what is stored: whoever does it, and however often, it is done once.</summary>
internal sealed class DecisionPosting(DecisionTable decisions, ILedger ledger, ILogger<DecisionPosting> log)
{
    /// <summary>Transactions of one shard on their way at once. Commits group what waits.</summary>
    private const int AtOnce = 200;

    /// <summary>Pays out all of a shard that is decided and not paid out.</summary>
    /// <returns>How many.</returns>
    public async Task<int> Post(int shard, CancellationToken cancellation)
    {
        var posted = 0;
        var after = Guid.Empty;
        while (true)
        {
            var page = await decisions.ReadUnposted(shard, after, AtOnce, cancellation);
            posted += (await Task.WhenAll(page.Select(decided => Post(decided)))).Count(isPosted => isPosted);
            if (page.Length < AtOnce)
            {
                return posted;
            }

            after = page[^1].Grant.DecisionId;
        }
    }

    /// <summary>False where the ledger says no: what is stored was altered. The others are paid out all the same.</summary>
    public async Task<bool> Post(DecidedGrant decided)
    {
        var transaction = VestingPayments.Pay(decided);
        var result = await ledger.Post(transaction, PostPriority.Bulk);
        FaultPoints.Reach("vesting.between-posts");
        if (result.Objection is { } refusal)
        {
            Log.DecisionRefused(log, transaction.Id, refusal);
            return false;
        }

        return true;
    }
}

using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Vesting;

namespace Stk.Grains.Vesting;

/// <inheritdoc cref="IVestingShardGrain"/>
internal sealed class VestingShardGrain(
    GrantDecisions decisions, DecisionPosting posting, ILogger<VestingShardGrain> log) : Grain, IVestingShardGrain
{
    public async Task<VestingRun> Run(DateOnly day)
    {
        var shard = (int)this.GetPrimaryKeyLong();
        var (decided, waiting) = await decisions.Decide(shard, day, CancellationToken.None);
        var posted = await posting.Post(shard, CancellationToken.None);
        if (decided + posted > 0)
        {
            Log.VestingRun(log, day, shard, decided, posted, waiting);
        }

        return new(decided, posted, waiting);
    }
}

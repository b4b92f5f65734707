using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>Seals the week, then freezes what each participant did in it, shard by shard.</summary>
internal sealed class AggregateStage(RunTable runs, WeekSeal seal, SealTable seals, WeekShards shards)
{
    public async Task Run(WeekId week, WeekState asked, StageProgress progress)
    {
        if (await runs.Read(week, CancellationToken.None) is null)
        {
            await seal.Set(week, asked);
        }

        var run = await runs.ReadSealed(week);
        var withEvents = await seals.ReadShardsWithEvents(week, CancellationToken.None);
        await shards.Run(week, withEvents, progress, async shard =>
        {
            await shard.Aggregate(run.RulesVersion);
            return Amount.Zero;
        });
        var done = await seals.ReadShards(week, CancellationToken.None);
        await runs.SetAggregated(
            week, SealDigest.OfWeek(done, run.RulesHash), done.Sum(shard => shard.Participants),
            Amount.Sum(done.Select(shard => shard.Total)), CancellationToken.None);
    }
}

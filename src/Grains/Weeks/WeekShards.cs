using System.Globalization;
using Stk.GrainInterfaces.Weeks;
using Stk.Rules.Money;
using Stk.Rules.Participants;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Weeks;

/// <summary>The shards of a week, worked on side by side by actors of their own.</summary>
internal sealed class WeekShards(SealTable seals, IGrainFactory grains)
{
    /// <summary>Shards under way at once: enough to keep two silos and the database busy.</summary>
    private const int AtOnce = 8;

    /// <summary>Those in which somebody has a statement.</summary>
    public async Task<IReadOnlyList<int>> WithStatements(WeekId week) =>
    [
        .. (await seals.ReadShards(week, CancellationToken.None))
            .Where(shard => shard.Participants > 0).Select(shard => shard.Shard),
    ];

    /// <summary>Acts on each shard, some at once, and notes how far it is.</summary>
    /// <param name="act">Returns what it has paid.</param>
    public async Task Run(
        WeekId week, IReadOnlyList<int> shards, StageProgress progress, Func<IWeekShardGrain, Task<Amount>> act)
    {
        progress.DoneAlready(ParticipantId.Shards - shards.Count);
        using var room = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(shards.Select(async shard =>
        {
            await room.WaitAsync();
            try
            {
                progress.Done(await act(grains.GetGrain<IWeekShardGrain>(
                    string.Create(CultureInfo.InvariantCulture, $"{week}/{shard}"))));
                FaultPoints.Reach("week.between-shards");
            }
            finally
            {
                room.Release();
            }
        }));
    }
}

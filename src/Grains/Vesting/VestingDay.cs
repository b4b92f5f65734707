using Stk.GrainInterfaces.Vesting;

namespace Stk.Grains.Vesting;

/// <summary>A day's decisions: shard by shard, those alone in which something is due.</summary>
internal sealed class VestingDay(GrantTable grants, IGrainFactory grains)
{
    /// <summary>Shards under way at once: enough to keep two silos and the database busy.</summary>
    private const int AtOnce = 8;

    /// <summary>The last day whose run is done; null before the first.</summary>
    public Task<DateOnly?> ReadLast(CancellationToken cancellation) => grants.ReadLast(cancellation);

    /// <summary>Decides and pays out what is due. May be repeated, and by two at once.</summary>
    public async Task Run(DateOnly day)
    {
        using var room = new SemaphoreSlim(AtOnce);
        await Task.WhenAll((await grants.ReadDueShards(day, CancellationToken.None)).Select(async shard =>
        {
            await room.WaitAsync();
            try
            {
                await grains.GetGrain<IVestingShardGrain>(shard).Run(day);
            }
            finally
            {
                room.Release();
            }
        }));
        await grants.SetLast(day, CancellationToken.None);
    }
}

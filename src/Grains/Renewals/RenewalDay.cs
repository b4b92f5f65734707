using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Entitlements;

namespace Stk.Grains.Renewals;

/// <summary>
/// A day's renewals: each by its participant's own actor, which keeps what is paid in one row with all it does.
/// </summary>
internal sealed class RenewalDay(RenewalTable table, IGrainFactory grains, ILogger<RenewalDay> log)
{
    private const int AtOnce = 32;
    private const int PageSize = 500;

    /// <summary>The last day whose run is done; null before the first.</summary>
    public Task<DateOnly?> ReadLast(CancellationToken cancellation) => table.ReadLast(cancellation);

    /// <summary>Looks at what is due on a day. May be repeated, and by two at once.</summary>
    public async Task Run(DateOnly day)
    {
        using var room = new SemaphoreSlim(AtOnce);
        var (after, count) = (Guid.Empty, 0);
        while (true)
        {
            var due = await table.ReadDue(day, after, PageSize, CancellationToken.None);
            await Task.WhenAll(due.Select(async one =>
            {
                await room.WaitAsync();
                try
                {
                    await grains.GetGrain<IEntitledGrain>(one.Participant).Renew(one.First, day);
                }
                finally
                {
                    room.Release();
                }
            }));
            count += due.Length;
            if (due.Length < PageSize)
            {
                break;
            }

            after = due[^1].First;
        }

        await table.SetLast(day, CancellationToken.None);
        if (count > 0)
        {
            Log.RenewalsDone(log, day, count);
        }
    }
}

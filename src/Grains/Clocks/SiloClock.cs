using Microsoft.Extensions.Logging;
using Stk.Grains.Economy;
using Stk.Grains.JournalFollowing;

namespace Stk.Grains.Clocks;

/// <inheritdoc cref="ISiloClock"/>
internal sealed class SiloClock(
    GrainId id, Silo silo, ILoggerFactory loggers, EconomyClock clock, JournalFollower journal, EconomyCache economy)
    : GrainService(id, silo, loggers), ISiloClock
{
    public Task Set(long version, DateTimeOffset reached, DateTimeOffset target)
    {
        clock.Set(new(version, reached, target));
        return Task.CompletedTask;
    }

    public async Task CatchUp(long sequence)
    {
        await economy.Refresh(CancellationToken.None);
        await journal.Reach(sequence);
    }
}

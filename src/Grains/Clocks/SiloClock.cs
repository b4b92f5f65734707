using Microsoft.Extensions.Logging;
using Stk.Grains.Economy;
using Stk.Grains.JournalFollowing;

namespace Stk.Grains.Clocks;

/// <inheritdoc cref="ISiloClock"/>
internal sealed class SiloClock(
    GrainId id, Silo silo, ILoggerFactory loggers, EconomyClock clock, JournalFollower journal, EconomyBoard board)
    : GrainService(id, silo, loggers), ISiloClock
{
    public Task Stand(long version, DateTimeOffset reached, DateTimeOffset target)
    {
        clock.Stand(new(version, reached, target));
        return Task.CompletedTask;
    }

    public async Task CatchUp(long sequence)
    {
        await board.Refresh(CancellationToken.None);
        await journal.Reach(sequence);
    }
}

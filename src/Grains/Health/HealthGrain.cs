using Orleans.Concurrency;
using Stk.GrainInterfaces.Health;
using Stk.Grains.JournalFollowing;

namespace Stk.Grains.Health;

/// <inheritdoc cref="IHealthGrain"/>
/// <remarks>On the silo that is asked, without the directory: no other silo's trouble is taken for its own.</remarks>
[StatelessWorker(1)]
internal sealed class HealthGrain(JournalFollower journal) : Grain, IHealthGrain
{
    public ValueTask<bool> HasDatabase() => ValueTask.FromResult(!journal.IsDatabaseLost);
}

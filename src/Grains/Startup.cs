using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stk.GrainInterfaces.RuleBooks;
using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Clocks;
using Stk.Grains.Feeds;
using Stk.Grains.Schedules;

namespace Stk.Grains;

/// <summary>What a silo does once it is a member: stores the configured genesis, and catches up what fell due.</summary>
internal sealed class Startup(
    IOptions<ClockOptions> options, GenesisTable genesis, EconomyBoard board, IGrainFactory grains, ILogger<Startup> log)
    : IStartupTask
{
    /// <exception cref="InvalidOperationException">The configured genesis is not the stored one.</exception>
    public async Task Execute(CancellationToken cancellationToken)
    {
        if (options.Value.Genesis is { } configured)
        {
            var stored = await genesis.Set(configured, cancellationToken);
            if (stored != configured)
            {
                throw new InvalidOperationException(
                    $"Stk:Genesis is {configured:O}, but this economy began at {stored:O}: genesis never changes");
            }

            Log.GenesisSet(log, stored);
        }

        await grains.GetGrain<IRuleBookGrain>(0).GetVersions();

        // A member now: a setting of the clock made while this silo joined is read here, a later one is told.
        await board.Refresh(cancellationToken);
        await grains.GetGrain<IScheduleGrain>(0).Wake();
    }
}

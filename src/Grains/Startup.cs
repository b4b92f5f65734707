using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stk.GrainInterfaces.RuleBooks;
using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Economy;
using Stk.Grains.Operators;

namespace Stk.Grains;

/// <summary>
/// What a silo does once it is a member: stores the configured genesis and the first operators, and catches up what fell
/// due.
/// </summary>
internal sealed class Startup(
    IOptions<ClockOptions> options, GenesisTable genesis, FirstOperators operators, EconomyCache economy,
    IGrainFactory grains, TimeProvider time, ILogger<Startup> log)
    : IStartupTask
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

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

        await operators.Enter(cancellationToken);
        await Repeat(() => grains.GetGrain<IRuleBookGrain>(0).GetVersions(), cancellationToken);

        // A member now: a setting of the clock made while this silo joined is read here, a later one is told.
        await economy.Refresh(cancellationToken);
        await Repeat(() => grains.GetGrain<IScheduleGrain>(0).Wake(), cancellationToken);
    }

    // Where all silos died at once, the directory points at the dead for some seconds: a start must outlast that. Both
    // calls are harmless twice.
    private async Task Repeat(Func<Task> call, CancellationToken cancellation)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                await call().WaitAsync(Patience, time, cancellation);
                return;
            }
            catch (Exception exception)
                when (exception is OrleansException or TimeoutException && time.GetElapsedTime(began) < Patience)
            {
                Log.StartupRepeated(log, exception.GetType().Name, (long)time.GetElapsedTime(began).TotalMilliseconds);
                await Task.Delay(Pause, time, cancellation);
            }
        }
    }
}

using System.Collections.Immutable;
using Stk.GrainInterfaces.Inactivity;
using Stk.Grains.Economy;
using Stk.Grains.Inactivity;
using Stk.Rules.Quarters;
using Stk.Rules.Runs;

namespace Stk.Grains.Schedules;

/// <summary>How far the quarters' warnings and runs have come, as one activation of the schedule knows it.</summary>
internal sealed class QuarterProgress(QuarterRunTable runs, EconomyCache economy, IGrainFactory grains)
{
    // By inactivity.runs.
    private QuarterId? _lastRun;
    private ImmutableArray<int> _warned = [];
    private bool _isHeld;

    public async Task Read(CancellationToken cancellation) =>
        (_lastRun, _warned) = await runs.ReadProgress(cancellation);

    /// <summary>What is next; null where nothing is ever due, or where it was found to wait.</summary>
    public QuarterWork? Next(DateTimeOffset? genesis) => genesis is { } begin && !_isHeld
        ? QuarterWork.After(begin, _lastRun, _warned, economy.Current.RuleBooks)
        : null;

    /// <summary>What has waited may go on: it is looked at again.</summary>
    public void Release() => _isHeld = false;

    /// <summary>Does it, and waits until it is done.</summary>
    /// <param name="days">0: the run.</param>
    /// <returns>What it waits for, in words; null where it is done.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public async Task<string?> Drive(QuarterId quarter, int days)
    {
        var grain = grains.GetGrain<IRedistributionGrain>(quarter.ToString());
        while (true)
        {
            var status = await grain.Drive(days);
            if (status.IsDone)
            {
                (_lastRun, _warned) = days == 0 ? (quarter, []) : (_lastRun, _warned.Add(days));
                return null;
            }

            if (status.WaitsFor is { } waitsFor)
            {
                _isHeld = true;
                return $"{quarter}: {waitsFor}";
            }

            if (status.Fault is { } fault)
            {
                throw new InvalidOperationException($"{quarter}: {fault}");
            }
        }
    }
}

using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Inactivity;
using Stk.Grains.Economy;
using Stk.Grains.Inactivity;
using Stk.Rules.Inactivity;
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
    public QuarterWork? Next(DateTimeOffset? genesis) => _isHeld ? null : Pending(genesis);

    /// <summary>What is next, whether it waits or not; null where nothing is ever due.</summary>
    public QuarterWork? Pending(DateTimeOffset? genesis) => genesis is { } begin
        ? QuarterWork.After(begin, _lastRun, _warned, economy.Current.RuleBooks)
        : null;

    /// <summary>What is still to be done under this name; null where nothing is.</summary>
    public DueItem? Find(DateTimeOffset? genesis, string kind, string subject) => Pending(genesis) is { } work
        ? Items(work).FirstOrDefault(item => item.Kind == kind && item.Subject == subject)
        : null;

    public async Task<bool> HasBegun(DueItem item)
    {
        var (quarter, days) = Place(item);
        return await runs.Read(quarter, days, CancellationToken.None) is not null;
    }

    /// <summary>The command that makes something done without doing it. It fails where it has begun.</summary>
    public NpgsqlBatchCommand Skip(DueItem item, DateTimeOffset now)
    {
        var (quarter, days) = Place(item);
        return QuarterRunTable.Skip(
            quarter, days, InactivityTimetable.Book(quarter, economy.Current.RuleBooks).Version,
            InactivityTimetable.WeekBefore(quarter), now);
    }

    /// <summary>What has waited may go on: it is looked at again.</summary>
    public void Release() => _isHeld = false;

    private static IEnumerable<DueItem> Items(QuarterWork work) =>
    [
        .. work.WarningDays.Select(days => new DueItem.InactivityWarning(
            InactivityTimetable.WarnsAt(work.Quarter, days), work.Quarter, days)),
        new DueItem.InactivityRun(InactivityTimetable.RunsAt(work.Quarter), work.Quarter),
    ];

    // Days 0: the run.
    private static (QuarterId Quarter, int Days) Place(DueItem item) => item switch
    {
        DueItem.InactivityWarning warning => (warning.Quarter, warning.Days),
        DueItem.InactivityRun run => (run.Quarter, 0),
        _ => throw new ArgumentException($"{item.Kind} is not of a quarter", nameof(item)),
    };

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

using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Stk.Grains.RuleBooks;
using Stk.Rules.Time;
using Stk.Rules.Weeks;

namespace Stk.Grains.Sources;

/// <summary>
/// Looks, on every silo, whether a source's day is worth more than its budget, soon after something was taken in here. It
/// only tells: the seal looks for itself. Each day and budget is told once in the whole economy.
/// </summary>
internal sealed class BudgetWatch : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    // A look reads a week's events: however long it takes, it is one part of so many of the time.
    private const int Share = 10;

    private readonly BudgetTable _budgets;
    private readonly BudgetMarks _marks;
    private readonly RuleBookTable _ruleBooks;
    private readonly IClock _clock;
    private readonly TimeProvider _time;
    private readonly ILogger<BudgetWatch> _log;
    private int _over;

    public BudgetWatch(
        BudgetTable budgets, BudgetMarks marks, RuleBookTable ruleBooks, IClock clock, TimeProvider time,
        IMeterFactory meters, ILogger<BudgetWatch> log)
    {
        (_budgets, _marks, _ruleBooks, _clock, _time, _log) = (budgets, marks, ruleBooks, clock, time, log);
        meters.Create("stk.sources").CreateObservableGauge(
            "sources.over_budget", () => Volatile.Read(ref _over), unit: "{day}");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var pause = Pause;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause, _time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var began = _time.GetTimestamp();
            var (isAll, marked) = _marks.Take();
            try
            {
                await Look(isAll, marked, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                _marks.Mark(marked);
                if (isAll)
                {
                    _marks.MarkAll();
                }

                Log.BudgetsNotLookedAt(_log, exception);
            }
            catch (OperationCanceledException)
            {
                return;
            }

            var took = _time.GetElapsedTime(began) * Share;
            pause = took > Pause ? took : Pause;
        }
    }

    private async Task Look(bool isAll, ImmutableArray<WeekId> marked, CancellationToken cancellation)
    {
        // Those that were over are looked at until they are sealed.
        var looked = isAll ? null : (await _budgets.ReadAlarmedWeeks(cancellation)).Union(marked).ToHashSet();
        var over = 0;
        foreach (var week in looked is { Count: 0 } ? [] : await _budgets.ReadOpenWeeks(cancellation))
        {
            if (looked?.Contains(week) is false)
            {
                continue;
            }

            var days = await _budgets.ReadOver(
                week, name: null, async () => (await _ruleBooks.ReadHistory(cancellation)).Of(week), cancellation);
            over += days.Length;
            foreach (var day in days)
            {
                if (await _budgets.Alarm(day, _clock.Now, cancellation))
                {
                    Log.SourceOverBudget(_log, day.Source, day.Day, day.Points, day.Budget);
                }
            }
        }

        Volatile.Write(ref _over, over);
    }
}

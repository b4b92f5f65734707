using System.Collections.Immutable;
using Stk.GrainInterfaces.Inactivity;
using Stk.Grains.Economy;
using Stk.Reports.Inactivity;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.Runs;
using Stk.Rules.Time;

namespace Stk.Grains.Inactivity;

/// <summary>A quarter as operators read it, done or as it would be.</summary>
internal sealed class QuarterReports(QuarterRunTable runs, ReportTable table, EconomyCache economy, IClock clock)
{
    /// <summary>Null where there is nothing to show yet.</summary>
    public async Task<QuarterReport?> Read(QuarterId quarter, bool isPreview, CancellationToken cancellation)
    {
        var run = await runs.Read(quarter, days: 0, cancellation);
        if (await Rows(quarter, run, isPreview, cancellation) is not { } rows)
        {
            return null;
        }

        var runsAt = InactivityTimetable.RunsAt(quarter);
        return new(
            quarter.ToString(), quarter.FirstDay, runsAt,
            run is null ? clock.Now < runsAt ? "coming" : "waiting" : run.DoneAt is null ? "running" : "done",
            run?.RulesVersion ?? InactivityTimetable.Book(quarter, economy.Current.RuleBooks).Version,
            rows.Length, Amount.Sum(rows.Select(row => row.Taken)),
            [
                .. rows.GroupBy(row => row.RateBp).OrderBy(group => group.Key).Select(group => new RateSum(
                    group.Key, group.Count(), Amount.Sum(group.Select(row => row.Taken)))),
            ],
            [
                .. rows.GroupBy(row => row.Outcome).OrderBy(group => group.Key).Select(group => new OutcomeSum(
                    group.Key.WireName(), group.Count(), Amount.Sum(group.Select(row => row.Taken)))),
            ]);
    }

    /// <summary>The same as CSV; null where there is nothing to show yet.</summary>
    public async Task<byte[]?> ReadCsv(QuarterId quarter, bool isPreview, CancellationToken cancellation) =>
        await Rows(quarter, await runs.Read(quarter, days: 0, cancellation), isPreview, cancellation) is { } rows
            ? await RedistributionCsv.Write(rows, cancellation)
            : null;

    /// <summary>What was given back to those who returned, as CSV; null where there is nothing to show yet.</summary>
    public async Task<byte[]?> ReadRestorations(QuarterId quarter, CancellationToken cancellation) => HasBegun(quarter)
        ? await RedistributionCsv.WriteRestorations(await table.ReadRestorations(quarter, cancellation), cancellation)
        : null;

    private async Task<ImmutableArray<RedistributionRow>?> Rows(
        QuarterId quarter, QuarterRun? run, bool isPreview, CancellationToken cancellation)
    {
        // What has begun is as it is written down.
        if (run is not null)
        {
            return await table.Read(quarter, cancellation);
        }

        if (!isPreview)
        {
            return HasBegun(quarter) ? ImmutableArray<RedistributionRow>.Empty : null;
        }

        if (!HasBegun(quarter) && !IsNext(quarter))
        {
            return null;
        }

        var snapshot = economy.Current;
        var before = InactivityTimetable.WeekBefore(quarter);
        var sealedTo = snapshot.ScoredThrough is { } scored && scored < before ? scored : before;
        return await table.Preview(
            new(quarter, InactivityTimetable.Rules(quarter, snapshot.RuleBooks), sealedTo, 0, 0), cancellation);
    }

    private bool HasBegun(QuarterId quarter) => economy.Genesis is { } genesis
        && quarter >= QuarterWork.First(genesis) && quarter.FirstDay <= DateOnly.FromDateTime(clock.Now.UtcDateTime);

    private bool IsNext(QuarterId quarter) => economy.Genesis is { } genesis && quarter >= QuarterWork.First(genesis)
        && quarter == QuarterId.Of(DateOnly.FromDateTime(clock.Now.UtcDateTime)).Next;
}

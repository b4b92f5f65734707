using Microsoft.Extensions.Logging;
using Stk.Grains.Clocks;
using Stk.Grains.RuleBooks;
using Stk.Ledger;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Inactivity;

/// <summary>
/// A quarter's warnings and its run. Each may be begun again after a death at any point, here or elsewhere at once: what is
/// done already is found done.
/// </summary>
internal sealed class QuarterWorks(
    QuarterRunTable runs, AssessmentTable assessments, DebitPosting debits, RuleBookTable ruleBooks, ILedger ledger,
    SiloClocks silos, IClock clock, ILogger<QuarterWorks> log)
{
    /// <summary>Parts under way at once.</summary>
    private const int AtOnce = 4;

    /// <summary>Warns of a quarter, so many days before its first.</summary>
    public async Task Warn(QuarterId quarter, int days)
    {
        var day = quarter.FirstDay.AddDays(-days);
        var run = await Begin(quarter, days, WeekId.Of(day).Previous);
        if (InactivityTimetable.IsInTime(quarter, run.BeganAt))
        {
            await Assess(run);
        }

        await runs.SetAssessed(run, clock.Now);
        await Finish(run);
    }

    /// <summary>Takes from the inactive what the quarter takes.</summary>
    /// <returns>False where it must wait: the week that ends where its Monday begins is not settled.</returns>
    public async Task<bool> Run(QuarterId quarter)
    {
        var week = InactivityTimetable.WeekBefore(quarter);
        if (!await runs.IsSettled(week, CancellationToken.None))
        {
            return false;
        }

        var run = await Begin(quarter, days: 0, week);
        var borders = await Assess(run);
        FaultPoints.Reach("inactivity.after-assessment");
        await runs.SetAssessed(run, clock.Now);
        await debits.Run(run, borders);
        FaultPoints.Reach("inactivity.before-done");
        await Finish(run);
        return true;
    }

    private async Task<QuarterRun> Begin(QuarterId quarter, int days, WeekId to)
    {
        var books = await ruleBooks.ReadHistory(CancellationToken.None);
        return await runs.Begin(quarter, days, InactivityTimetable.Book(quarter, books).Version, to, clock.Now);
    }

    private async Task<Borders> Assess(QuarterRun run)
    {
        var book = await ruleBooks.ReadVersion(run.RulesVersion, CancellationToken.None);
        var borders = new Borders(run.Quarter, book.Inactivity, run.SealedTo, run.LeavesTo, run.SuspensionsTo);
        var done = await runs.ReadParts(run);
        using var room = new SemaphoreSlim(AtOnce);
        await Task.WhenAll(AssessmentTable.FirstShards.Where(shard => !done.Contains(shard)).Select(async shard =>
        {
            await room.WaitAsync();
            try
            {
                await assessments.Write(run, borders, shard);
                FaultPoints.Reach("inactivity.between-parts");
            }
            finally
            {
                room.Release();
            }
        }));
        return borders;
    }

    private async Task Finish(QuarterRun run)
    {
        await runs.SetDone(run, clock.Now);
        var head = await ledger.GetHead(CancellationToken.None);
        // Whoever asks any silo after this sees what was done.
        await silos.CatchUp(head.Sequence);
        var done = await runs.Read(run.Quarter, run.Days, CancellationToken.None);
        if (run.Days == 0)
        {
            var shown = head.ToString();
            Log.QuarterDone(log, run.Quarter, done?.People ?? 0, done?.Amount ?? Amount.Zero, shown);
        }
        else
        {
            Log.QuarterWarned(log, run.Quarter, run.Days, done?.People ?? 0);
        }
    }
}

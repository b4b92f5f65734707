using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Stk.Benchmarks.Hosting;
using Stk.Benchmarks.Ledger;
using Stk.Benchmarks.Measuring;
using Stk.Rules.Weeks;

namespace Stk.Benchmarks.Vesting;

/// <summary>
/// A day on which very many frozen rewards are due, all of them earned by real weeks, beside the same number of transactions
/// of the ledger that do nothing else.
/// </summary>
internal static class VestingBenchmark
{
    private const int Callers = 512;
    private const int VestsDays = 30;

    private static readonly WeekId Week = WeekId.OfNumber(202540);

    public static Command Command()
    {
        var grants = new Option<int>("--grants") { DefaultValueFactory = _ => 100_000 };
        var command = new Command("vesting", "Grants due on one day, decided and posted.") { grants };
        command.SetAction((parsed, _) => Run(parsed.GetValue(grants)));
        return command;
    }

    private static async Task Run(int grants)
    {
        await using var silo = await BenchSilo.Start();
        await Report.Machine(silo.Database);
        await EventFill.People(silo, Week, grants);
        await EventFill.Week(silo, Week, 1, grants, grants, "PeerReviewCompleted");
        await silo.SetClock(Week.End.AddHours(9));
        var midnight = Week.End.AddDays(VestsDays);
        await silo.SetClock(midnight.AddTicks(-10));
        await silo.Execute("VACUUM ANALYZE");

        var watch = Stopwatch.StartNew();
        await silo.SetClock(midnight);
        var run = watch.Elapsed;
        watch.Restart();
        await Parallel.ForEachAsync(
            Enumerable.Range(1, grants), new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (number, _) => await silo.Grains.GetGrain<IBenchTransferGrain>(number)
                .Transfer(Guid.NewGuid(), 1 + (number % grants), 1));
        var ledger = watch.Elapsed;

        var posted = await silo.Ask<long>("SELECT count(sequence) FROM vesting.decisions");
        Report.Table(
            ["what", "seconds", "per second"],
            [
                [$"{posted:N0} grants due on one day: decided, stored, posted", Report.Number(run.TotalSeconds),
                    Report.Number(posted / run.TotalSeconds)],
                [$"{grants:N0} transactions of the ledger, {Callers} callers", Report.Number(ledger.TotalSeconds),
                    Report.Number(grants / ledger.TotalSeconds)],
            ]);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"peak memory of silo and load {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB"));
        if (posted != grants)
        {
            throw new InvalidOperationException($"{posted} of {grants} grants were decided and posted: the figures are of nothing");
        }
    }
}

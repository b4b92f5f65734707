using System.CommandLine;
using Stk.Benchmarks.Hosting;
using Stk.Benchmarks.Measuring;
using Stk.GrainInterfaces.Faults;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Statements;
using Stk.Rules.Weeks;

namespace Stk.Benchmarks.Statements;

/// <summary>Very many people look at their statement at once, again and again, beside balances at a fixed rate.</summary>
internal static class CrowdBenchmark
{
    private const double BalancesPerSecond = 200;
    private const int Connections = 32;

    /// <summary>What a client waits who was told that too many are drawing.</summary>
    private static readonly TimeSpan AfterBusy = TimeSpan.FromMilliseconds(250);

    private static readonly WeekId Week = WeekId.OfNumber(202540);

    public static Command Command()
    {
        var crowd = new Option<int>("--at-once") { DefaultValueFactory = _ => 100 };
        var seconds = new Option<int>("--seconds") { DefaultValueFactory = _ => 60 };
        var command = new Command("drawing-crowd", "Statements drawn for many at once, beside balances.") { crowd, seconds };
        command.SetAction((parsed, _) => Run(parsed.GetValue(crowd), TimeSpan.FromSeconds(parsed.GetValue(seconds))));
        return command;
    }

    private static async Task Run(int crowd, TimeSpan time)
    {
        await using var silo = await BenchSilo.Start();
        await Report.Machine(silo.Database);
        await EventFill.People(silo, Week, crowd);
        await EventFill.Week(
            silo, Week, 1, crowd, crowd * 20, "SectionCompleted", "ClubPostCreated", "PeerReviewCompleted", "ExerciseSave");
        await silo.SetClock(Week.End.AddHours(9));
        await Draw(silo, 0);

        var alone = await Balances(silo, crowd, time);
        var beside = Balances(silo, crowd, time);
        var drawn = await ClosedLoop.Run(crowd, time, (caller, _) => Draw(silo, caller));
        var during = await beside;

        Report.Table(
            ["what", "per second", "ms, median", "ms, p99", "ms, longest", "busy"],
            [
                Row("balances alone", alone), Row($"balances beside {crowd} at once", during),
                Row($"statements of {crowd} at once", drawn),
            ]);
        if (drawn.Operations == drawn.Refused)
        {
            throw new InvalidOperationException("nothing was drawn: the figures are of nothing");
        }
    }

    private static Task<LoopResult> Balances(BenchSilo silo, int people, TimeSpan time) => OpenLoop.Run(
        BalancesPerSecond, Connections, time, async number =>
        {
            await silo.Grains.GetGrain<IHolderGrain>($"p{1 + (number % people)}").GetBalance();
            return true;
        });

    // False where the silo was busy.
    private static async Task<bool> Draw(BenchSilo silo, int caller)
    {
        try
        {
            var shown = await silo.Grains.GetGrain<IStatementsGrain>($"p{1 + caller}").Show(
                new(Week, StatementForm.Pdf, StatementLanguage.Russian, []), CancellationToken.None);
            return shown is { Content.Length: > 0 }
                ? true
                : throw new InvalidOperationException($"p{1 + caller} has no statement");
        }
        catch (ClusterBusyException)
        {
            await Task.Delay(AfterBusy);
            return false;
        }
    }

    private static string[] Row(string what, LoopResult result) =>
    [
        what, Report.Number((result.Operations - result.Refused) / result.Elapsed.TotalSeconds),
        Report.Number(result.Percentile(0.5)), Report.Number(result.Percentile(0.99)), Report.Number(result.LatenciesMs[^1]),
        $"{result.Refused:N0}",
    ];
}

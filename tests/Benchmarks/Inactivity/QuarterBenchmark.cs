using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Stk.Benchmarks.Hosting;
using Stk.Benchmarks.Measuring;
using Stk.GrainInterfaces.Inactivity;
using Stk.Rules.Inactivity;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;

namespace Stk.Benchmarks.Inactivity;

/// <summary>
/// A winter's quarter of which some have not been active: their warnings, the preview, the run. All have earned what they
/// have in a real week, and the active ones were active in another.
/// </summary>
internal static class QuarterBenchmark
{
    private static readonly WeekId First = WeekId.OfNumber(202540);
    private static readonly WeekId Active = WeekId.OfNumber(202545);
    private static readonly QuarterId Quarter = QuarterId.Of(new(2026, 1, 1));

    public static Command Command()
    {
        var participants = new Option<int>("--participants") { DefaultValueFactory = _ => 1_000_000 };
        var inactive = new Option<int>("--inactive") { DefaultValueFactory = _ => 100_000 };
        var command = new Command("quarter", "Warnings, preview and run of a quarter.") { participants, inactive };
        command.SetAction((parsed, _) => Run(parsed.GetValue(participants), parsed.GetValue(inactive)));
        return command;
    }

    private static async Task Run(int participants, int inactive)
    {
        await using var silo = await BenchSilo.Start();
        await Report.Machine(silo.Database);
        await EventFill.People(silo, First, participants);
        await EventFill.Week(silo, First, 1, participants, participants, "SectionCompleted");
        await silo.SetClock(First.End.AddHours(9));
        await EventFill.Week(
            silo, Active, inactive + 1, participants - inactive, participants - inactive, "SectionCompleted");
        await silo.SetClock(Active.End.AddHours(9));

        var rows = new List<string[]>();
        foreach (var days in new[] { 30, 3 })
        {
            await Time($"warnings, {days} days before", InactivityTimetable.WarnsAt(Quarter, days));
        }

        var runsAt = InactivityTimetable.RunsAt(Quarter);
        await silo.SetClock(runsAt.AddSeconds(-1));
        var watch = Stopwatch.StartNew();
        var preview = await silo.Grains.GetGrain<IRedistributionGrain>(Quarter.ToString())
            .GetReport(isPreview: true, CancellationToken.None);
        rows.Add(["preview", Report.Number(watch.Elapsed.TotalSeconds)]);
        await Time("run", runsAt);

        Report.Table(["what", "seconds"], rows);
        var warnings = await silo.Ask<long>("SELECT count(*) FROM inactivity.warnings");
        var debits = await silo.Ask<long>("SELECT count(*) FROM inactivity.debits");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{participants:N0} participants, {preview?.People ?? 0:N0} in the preview, {warnings:N0} warnings, {debits:N0} debits; peak memory of silo and load {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB"));
        if (debits != inactive || warnings != 2L * inactive || preview?.People != inactive)
        {
            throw new InvalidOperationException("not everybody was warned and charged: the figures are of nothing");
        }

        async Task Time(string what, DateTimeOffset at)
        {
            await silo.SetClock(at.AddTicks(-10));
            await silo.Execute("VACUUM ANALYZE");
            var time = Stopwatch.StartNew();
            await silo.SetClock(at);
            rows.Add([what, Report.Number(time.Elapsed.TotalSeconds)]);
        }
    }
}

using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using Stk.Reports.Statements;
using Stk.Rules.Rewards;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;

namespace Stk.Benchmarks.Statements;

/// <summary>Statements drawn one after the other: how long each takes, and whether memory grows.</summary>
internal static class DrawingBenchmark
{
    private const int Parts = 10;
    private const long MiB = 1 << 20;

    public static Command Command()
    {
        var count = new Option<int>("--count") { Description = "Documents.", DefaultValueFactory = _ => 10_000 };
        var command = new Command("drawing", "Weekly statements drawn as PDF, one after the other.") { count };
        command.SetAction(parsed => Run(parsed.GetValue(count)));
        return command;
    }

    private static void Run(int count)
    {
        var reports = Enumerable.Range(1, 100).Select(Report).ToImmutableArray();
        // Once for the compiler and the fonts.
        Draw(reports, reports.Length);
        var rows = new List<string[]>();
        for (var part = 0; part < Parts; part++)
        {
            var milliseconds = Draw(reports, count / Parts);
            Array.Sort(milliseconds);
            using var process = Process.GetCurrentProcess();
            rows.Add(
            [
                $"{part * count / Parts} to {(part + 1) * count / Parts}",
                Measuring.Report.Number(milliseconds[milliseconds.Length / 2]),
                Measuring.Report.Number(milliseconds[milliseconds.Length * 99 / 100]),
                Measuring.Report.Number(milliseconds[^1]),
                $"{process.WorkingSet64 / MiB}", $"{GC.GetTotalMemory(forceFullCollection: true) / MiB}",
            ]);
        }

        Measuring.Report.Table(["documents", "ms, median", "ms, p99", "ms, longest", "MiB resident", "MiB managed"], rows);
    }

    private static double[] Draw(ImmutableArray<WeeklyReport> reports, int count)
    {
        var milliseconds = new double[count];
        for (var i = 0; i < count; i++)
        {
            var started = Stopwatch.GetTimestamp();
            StatementPdf.Draw(
                reports[i % reports.Length], RuleBook.FromTheSource, $"participant-{i}",
                i % 2 == 0 ? StatementWords.Russian : StatementWords.English);
            milliseconds[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return milliseconds;
    }

    // Most of the types on most days, as many as the seed says.
    private static WeeklyReport Report(int seed)
    {
        var (book, week) = (RuleBook.FromTheSource, WeekId.OfNumber(202551));
        ImmutableArray<SealedActivity> days =
        [
            .. book.Activities.SelectMany((rule, place) => Enumerable.Range(0, 1 + ((seed + place) % 7)).Select(day =>
                new SealedActivity(
                    rule.Type, week.Monday.AddDays(day), rule.VestsDays, seed + place,
                    Math.Min(seed + place, rule.DayLimit)))),
        ];
        var scored = Scoring.Score(new(seed, 1 + (seed % 8), seed % 30, days), book)
            ?? throw new InvalidOperationException("who has done something has points");
        var statement = Statement.Of(scored, week, new FundScaling(scored.FullReward, scored.FullReward), book.Version);
        var past = Enumerable.Range(1, 7).Select(ago => new WeekResult(
            WeekId.Of(week.Monday.AddDays(-7 * ago)), 100 * ago, new(123_456_789L * ago)));
        return WeeklyReport.Of(statement, days, before: null, past, book);
    }
}

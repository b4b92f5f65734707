using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Stk.Benchmarks.Hosting;
using Stk.Benchmarks.Measuring;
using Stk.Rules.Weeks;

namespace Stk.Benchmarks.Vesting;

/// <summary>
/// What frozen rewards cost while nothing is due of them: a silo's start, a day, a weekly run, by turns with very many of
/// them pending and with none.
/// </summary>
internal static class PendingBenchmark
{
    private const int EventsEach = 20;
    private const int Days = 3;

    // Of the pending ones: real ones have a transaction's id.
    private const string Marker = "position = -1";

    private static readonly WeekId First = WeekId.OfNumber(202540);

    public static Command Command()
    {
        var pending = new Option<int>("--pending") { DefaultValueFactory = _ => 1_000_000 };
        var participants = new Option<int>("--participants") { DefaultValueFactory = _ => 10_000 };
        var rounds = new Option<int>("--rounds") { DefaultValueFactory = _ => 3 };
        var command = new Command("vesting-pending", "Start, day and week with grants pending and with none.")
            {
                pending, participants, rounds,
            };
        command.SetAction((parsed, _) =>
            Run(parsed.GetValue(pending), parsed.GetValue(participants), parsed.GetValue(rounds)));
        return command;
    }

    private static async Task Run(int pending, int participants, int rounds)
    {
        await using var silo = await BenchSilo.Start();
        await Report.Machine(silo.Database);
        await EventFill.People(silo, First, participants);
        var figures = new Dictionary<(string What, bool IsPending), List<double>>();
        var week = First;
        // The first pays for plans and first calls, and is left out.
        for (var turn = -1; turn < 2 * rounds; turn++, week = week.Next)
        {
            var isPending = turn % 2 != 0;
            if (isPending)
            {
                await silo.Execute($"""
                    INSERT INTO weeks.grants (
                        participant, week, type, vests_days, amount_micro, unlocks_on, transaction_id, position, shard)
                    SELECT number, 100000 + n, 'PeerReviewCompleted', 30, 1, date '2030-01-01' + n, gen_random_uuid(), -1, shard
                    FROM activity.participants CROSS JOIN generate_series(1, {Math.Max(1, pending / participants)}) AS n
                    """);
            }

            // Real ones came over months: they are long written, and vacuumed. And so are those that are gone.
            await silo.Execute("VACUUM (ANALYZE) weeks.grants");
            await silo.Execute("CHECKPOINT");
            await Measure(silo, week, participants, turn < 0 ? null : (what, seconds) => Add(what, isPending, seconds));
            await silo.Execute($"DELETE FROM weeks.grants WHERE {Marker}");
        }

        Report.Table(
            ["what", "none pending, ms", $"{pending:N0} pending, ms", "of it"],
            figures.Keys.Select(key => key.What).Distinct().Select(what => new[]
            {
                what, Report.Spread(figures[(what, false)]), Report.Spread(figures[(what, true)]),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Report.Median(figures[(what, true)]) / Report.Median(figures[(what, false)]):P1}"),
            }));

        void Add(string what, bool isPending, double milliseconds)
        {
            if (!figures.TryGetValue((what, isPending), out var all))
            {
                figures.Add((what, isPending), all = []);
            }

            all.Add(milliseconds);
        }
    }

    private static async Task Measure(BenchSilo silo, WeekId week, int participants, Action<string, double>? add)
    {
        await EventFill.Week(
            silo, week, 1, participants, participants * EventsEach, "SectionCompleted", "ExerciseSave", "ClubLikeGiven",
            "PeerReviewCompleted");
        add?.Invoke("start of a silo", (await silo.Restart()).TotalMilliseconds);
        var watch = Stopwatch.StartNew();
        await silo.SetClock(week.End.AddHours(6));
        add?.Invoke($"weekly run of {participants:N0} people", watch.Elapsed.TotalMilliseconds);
        for (var day = 1; day <= Days; day++)
        {
            await silo.SetClock(week.End.AddDays(day).AddTicks(-10));
            watch.Restart();
            await silo.SetClock(week.End.AddDays(day));
            add?.Invoke("a day on which nothing is due", watch.Elapsed.TotalMilliseconds);
        }
    }
}

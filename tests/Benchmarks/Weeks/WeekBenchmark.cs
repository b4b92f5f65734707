using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Stk.Benchmarks.Hosting;
using Stk.Benchmarks.Measuring;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;

namespace Stk.Benchmarks.Weeks;

/// <summary>A weekly run by stage, beside one raw aggregate over the same rows: the floor.</summary>
internal static class WeekBenchmark
{
    private static readonly WeekId Week = WeekId.OfNumber(202551);

    public static Command Command()
    {
        var participants = new Option<int>("--participants") { DefaultValueFactory = _ => 100_000 };
        var events = new Option<int>("--events") { DefaultValueFactory = _ => 2_000_000 };
        var command = new Command("week", "A weekly run by stage.") { participants, events };
        command.SetAction((parsed, _) => Run(parsed.GetValue(participants), parsed.GetValue(events)));
        return command;
    }

    private static async Task Run(int participants, int events)
    {
        await using var silo = await BenchSilo.Start();
        await Report.Machine(silo.Database);
        await silo.SetClock(Week.End.AddSeconds(-1));
        await Fill(silo, participants, events);
        await silo.SetClock(Week.End.AddSeconds(-1));

        var floor = Stopwatch.StartNew();
        var groups = await silo.Ask<long>($"""
            SELECT count(*) FROM (
                SELECT participant, type, day, count(*) FROM activity.events WHERE week = {Week.Number}
                GROUP BY participant, type, day) AS groups
            """);
        floor.Stop();
        var writtenFloor = await WriteRaw(silo);

        var rows = new List<string[]>();
        var total = TimeSpan.Zero;
        foreach (var stage in Enum.GetValues<WeekStage>())
        {
            var watch = Stopwatch.StartNew();
            await silo.SetClock(WeekTimetable.EarliestStart(Week, stage));
            watch.Stop();
            total += watch.Elapsed;
            rows.Add([stage.WireName(), Report.Number(watch.Elapsed.TotalSeconds)]);
        }

        rows.Add(["all stages", Report.Number(total.TotalSeconds)]);
        rows.Add(["one raw SQL aggregate over the same rows", Report.Number(floor.Elapsed.TotalSeconds)]);
        rows.Add(["the same, written to a table like the seals' in one statement", Report.Number(writtenFloor.TotalSeconds)]);
        Report.Table(["stage", "seconds"], rows);
        var statements = await silo.Ask<long>($"SELECT count(*) FROM weeks.statements WHERE week = {Week.Number}");
        var settled = await silo.Ask<bool>($"SELECT settled_at IS NOT NULL FROM weeks.runs WHERE week = {Week.Number}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{participants:N0} participants, {events:N0} events, {groups:N0} groups, {statements:N0} statements; peak memory of silo and load {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB"));
        if (!settled || statements == 0)
        {
            throw new InvalidOperationException("the week is not settled: the figures are of nothing");
        }
    }

    // What aggregate cannot do without: its rows and their key, without rules, shards, levels, streaks and retractions.
    private static async Task<TimeSpan> WriteRaw(BenchSilo silo)
    {
        await silo.Execute("CREATE SCHEMA bench; CREATE TABLE bench.seals (LIKE weeks.seals INCLUDING ALL)");
        var watch = Stopwatch.StartNew();
        await silo.Execute($"""
            INSERT INTO bench.seals (week, shard, participant, type, day, vests_days, received, counted, level, streak_before)
            SELECT week, shard, participant, type, day, 0, count(*), count(*), 1, 0 FROM activity.events WHERE week = {Week.Number}
            GROUP BY week, shard, participant, type, day
            """);
        watch.Stop();
        await silo.Execute("DROP SCHEMA bench CASCADE");
        return watch.Elapsed;
    }

    // Straight into the tables, as intake leaves them: what is measured is the run.
    private static async Task Fill(BenchSilo silo, int participants, int events)
    {
        var monday = Week.Monday.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        await silo.Execute($"INSERT INTO economy.genesis (at) VALUES ('{monday}T00:00:00Z')");
        await silo.Execute($"""
            INSERT INTO activity.participants (id, shard, registered_at)
            SELECT id, get_byte(sha256(convert_to(id, 'UTF8')), 0) >> 2, now()
            FROM (SELECT 'p' || n AS id FROM generate_series(1, {participants}) AS n) AS new;
            INSERT INTO activity.sources (name) VALUES ('bench');
            INSERT INTO activity.weeks (week) VALUES ({Week.Number}) ON CONFLICT DO NOTHING
            """);
        await silo.Execute($"""
            INSERT INTO activity.events (source_id, uuid, participant, week, day, shard, outcome, at, type)
            SELECT source.id, gen_random_uuid(), participant.number, {Week.Number}, (timestamp '{monday}' + span)::date,
                participant.shard, 1, (timestamp '{monday}' + span) AT TIME ZONE 'UTC',
                (ARRAY['SectionCompleted', 'ExerciseSave', 'ClubLikeGiven', 'ClubLikeReceived', 'ClubCommentCreated',
                    'PeerReviewCompleted', 'ProjectMilestoneCompleted'])[1 + (n % 7)]
            FROM (SELECT n, 1 + (n % {participants}) AS who, random() * interval '6 days 23 hours' AS span
                FROM generate_series(1, {events}) AS n) AS new
            JOIN activity.participants participant ON participant.id = 'p' || new.who
            CROSS JOIN activity.sources source
            """);
        await silo.Execute("VACUUM ANALYZE");
    }
}

using System.Globalization;
using Stk.Rules.Weeks;

namespace Stk.Benchmarks.Hosting;

/// <summary>Straight into the tables, as intake leaves them: what is measured is what is made of it.</summary>
internal static class EventFill
{
    /// <summary>Genesis at a week's beginning, and people <c>p1</c> and on, registered then.</summary>
    public static async Task People(BenchSilo silo, WeekId genesis, int participants)
    {
        await silo.SetClock(genesis.End.AddSeconds(-1));
        await silo.Execute($"INSERT INTO economy.genesis (at) VALUES ('{Day(genesis.Monday)}T00:00:00Z')");
        await silo.Execute($"""
            INSERT INTO activity.participants (id, shard, registered_at)
            SELECT id, get_byte(sha256(convert_to(id, 'UTF8')), 0) >> 2, '{Day(genesis.Monday)}T00:00:00Z'
            FROM (SELECT 'p' || n AS id FROM generate_series(1, {participants}) AS n) AS new;
            INSERT INTO activity.sources (name) VALUES ('bench')
            """);
    }

    /// <summary>A week's events of people from one on, dealt out in turns; the clock stands in its last second.</summary>
    /// <param name="types">Of the rule book, in turns.</param>
    public static async Task Week(BenchSilo silo, WeekId week, int first, int people, int events, params string[] types)
    {
        await silo.SetClock(week.End.AddSeconds(-1));
        await silo.Execute($"INSERT INTO activity.weeks (week) VALUES ({week.Number}) ON CONFLICT DO NOTHING");
        await silo.Execute($"""
            INSERT INTO activity.events (source_id, uuid, participant, week, day, shard, outcome, at, type)
            SELECT source.id, gen_random_uuid(), participant.number, {week.Number}, (timestamp '{Day(week.Monday)}' + span)::date,
                participant.shard, 1, (timestamp '{Day(week.Monday)}' + span) AT TIME ZONE 'UTC',
                (ARRAY['{string.Join("', '", types)}'])[1 + (n % {types.Length})]
            FROM (SELECT n, {first} + (n % {people}) AS who, random() * interval '2 days' + interval '1 hour' AS span
                FROM generate_series(1, {events}) AS n) AS new
            JOIN activity.participants participant ON participant.id = 'p' || new.who
            CROSS JOIN activity.sources source
            """);
        await silo.Execute("VACUUM ANALYZE");
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Grains.Activity;
using Stk.Ledger.Verify;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Verification;

/// <summary>The seal of a week against the events as they stand now: none that counts was missed, none came after.</summary>
internal sealed class SealsHoldTheirEvents : IInvariant
{
    private const string RunsSql = "SELECT week, rules_version, seal_hash IS NOT NULL FROM weeks.runs ORDER BY week";

    // The rules of the view activity.live_events, spelled once more on purpose: neither is trusted alone.
    private const string DifferencesSql = $"""
        WITH rule AS (SELECT * FROM unnest($2::text[], $3::integer[]) AS rule (type, day_limit)),
        linked AS (
            SELECT last.identity, last.survivor, person.shard FROM (
                SELECT DISTINCT ON (identity) identity, survivor FROM activity.links WHERE after_week < $1
                ORDER BY identity, number DESC) AS last
            JOIN activity.participants person ON person.number = last.survivor),
        live AS (
            SELECT coalesce(linked.shard, event.shard) AS shard, coalesce(linked.survivor, event.participant) AS participant,
                event.type, event.day, rule.day_limit, count(*) AS received
            FROM activity.events event JOIN rule ON rule.type = event.type
            LEFT JOIN linked ON linked.identity = event.participant
            WHERE event.week = $1 AND event.outcome <> {SqlOutcomes.Late}
                AND ($4 OR coalesce(linked.shard, event.shard) IN (SELECT shard FROM weeks.shards WHERE week = $1))
                AND NOT EXISTS (
                    SELECT FROM activity.events retraction
                    WHERE retraction.retracts = event.uuid AND retraction.source_id = event.source_id
                        AND retraction.participant = event.participant
                        AND retraction.type = event.type || 'Retracted' AND retraction.outcome <> {SqlOutcomes.Late}
                        AND NOT EXISTS (
                            SELECT FROM sources.voids taken LEFT JOIN sources.void_lifts lift ON lift.void = taken.id
                            WHERE taken.source_id = retraction.source_id AND event.week > taken.after_week
                                AND event.week <= coalesce(lift.until_week, event.week)
                                AND retraction.received_at BETWEEN taken.received_from
                                    AND taken.received_to - interval '1 microsecond'
                                AND retraction.type = ANY (coalesce(taken.types, ARRAY[retraction.type]))))
                AND NOT EXISTS (
                    SELECT FROM sources.voids taken LEFT JOIN sources.void_lifts lift ON lift.void = taken.id
                    WHERE taken.source_id = event.source_id AND event.week > taken.after_week
                        AND event.week <= coalesce(lift.until_week, event.week)
                        AND event.received_at BETWEEN taken.received_from AND taken.received_to - interval '1 microsecond'
                        AND event.type = ANY (coalesce(taken.types, ARRAY[event.type])))
            GROUP BY 1, 2, event.type, event.day, rule.day_limit),
        expected AS (
            SELECT shard, participant, type, day, received, least(received, day_limit) AS counted FROM live
            WHERE live.participant NOT IN (
                SELECT coalesce(linked.survivor, last.participant) FROM (
                    SELECT DISTINCT ON (participant) participant, excluded FROM activity.profile_changes
                    WHERE (excluded IS NOT NULL OR takes_back_exclusion) AND at < $5
                    ORDER BY participant, at DESC, uuid DESC) AS last
                LEFT JOIN linked ON linked.identity = last.participant WHERE last.excluded)),
        sealed AS (
            SELECT shard, participant, type, day, sum(received) AS received, sum(counted) AS counted
            FROM weeks.seals WHERE week = $1 GROUP BY shard, participant, type, day)
        SELECT format('week %s, participant %s, %s, %s', $1, participant, type, day),
            format('%s received, %s counted, as its events say',
                COALESCE(expected.received, 0), COALESCE(expected.counted, 0)),
            format('%s received, %s counted', COALESCE(sealed.received, 0), COALESCE(sealed.counted, 0))
        FROM expected FULL JOIN sealed USING (shard, participant, type, day)
        WHERE (expected.received, expected.counted) IS DISTINCT FROM (sealed.received, sealed.counted)
        """;

    // Level and streak multiply the reward; as events and operators say them, spelled once more too.
    private const string CoefficientsSql = $"""
        WITH sealed AS (
            SELECT shard, participant, min(level) AS level, max(level) AS level_max,
                min(streak_before) AS streak, max(streak_before) AS streak_max, ARRAY[participant] || ARRAY(
                    SELECT last.identity FROM (
                        SELECT DISTINCT ON (identity) identity, survivor FROM activity.links WHERE after_week < $1
                        ORDER BY identity, number DESC) AS last
                    WHERE last.survivor = seals.participant) AS numbers
            FROM weeks.seals WHERE week = $1 GROUP BY shard, participant),
        expected AS MATERIALIZED (
            SELECT sealed.*,
                least($4, coalesce((
                    SELECT word.level FROM activity.profile_changes word
                    WHERE word.participant = ANY (sealed.numbers) AND word.at < $2 AND word.stands
                        AND (word.takes_back_level OR word.level IS NOT NULL)
                    ORDER BY word.at DESC, word.uuid DESC LIMIT 1), (
                    SELECT said.level FROM (
                        SELECT event.at, source.name AS source, event.uuid, event.level
                        FROM activity.events event JOIN activity.sources source ON source.id = event.source_id
                        WHERE event.participant = ANY (sealed.numbers) AND event.level IS NOT NULL
                            AND event.outcome <> {SqlOutcomes.Late} AND event.at < $2
                            AND NOT EXISTS (
                                SELECT FROM sources.voids taken LEFT JOIN sources.void_lifts lift ON lift.void = taken.id
                                WHERE taken.source_id = event.source_id AND event.week > taken.after_week
                                    AND event.week <= coalesce(lift.until_week, event.week)
                                    AND event.received_at BETWEEN taken.received_from
                                        AND taken.received_to - interval '1 microsecond'
                                    AND event.type = ANY (coalesce(taken.types, ARRAY[event.type])))
                        UNION ALL
                        SELECT at, 'admin', uuid, level FROM activity.profile_changes
                        WHERE participant = ANY (sealed.numbers) AND level IS NOT NULL AND NOT stands AND at < $2
                            AND NOT EXISTS (
                                SELECT FROM activity.profile_changes taken
                                WHERE taken.participant = ANY (sealed.numbers) AND taken.takes_back_level
                                    AND taken.at < $2))
                        AS said
                    ORDER BY said.at DESC, said.source COLLATE "C" DESC, said.uuid DESC LIMIT 1), 1)) AS due_level,
                coalesce((
                    SELECT max(before.streak) FROM unnest(sealed.numbers) AS self (number)
                    CROSS JOIN LATERAL (
                        SELECT streak FROM weeks.statements
                        WHERE week = $3 AND participant = self.number AND shard = (
                            SELECT shard FROM activity.participants WHERE number = self.number) OFFSET 0) before), 0)
                    AS due_streak
            FROM sealed)
        SELECT format('week %s, participant %s', $1, participant),
            format('level %s and a streak of %s before, as events, operators and statements say', due_level, due_streak),
            format('level %s and a streak of %s', level, streak)
        FROM expected
        WHERE (level, level_max, streak, streak_max) IS DISTINCT FROM (due_level, due_level, due_streak, due_streak)
        """;

    public string Name => "I9";

    public string Statement => "The seal of every week holds each event that counts, once, within its day's limit, and no other, and the level and streak that were in force.";

    public async IAsyncEnumerable<Violation> Check(
        Snapshot snapshot, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var books = await StoredRuleBooks.ReadAll(snapshot, cancellation);
        foreach (var (week, version, isWhole) in await Runs(snapshot, cancellation))
        {
            if (!books.TryGetValue(version, out var book))
            {
                yield return new("weeks.runs", $"week {week}", $"a rule book of version {version}", "none");
                continue;
            }

            await using (var events = new NpgsqlCommand(DifferencesSql, snapshot.Connection) { CommandTimeout = 0 }
                .With(week.Number)
                .With(book.Activities.Column(rule => rule.Type)).With(book.Activities.Column(rule => rule.DayLimit))
                .With(isWhole).With(week.End))
            {
                await using var row = await events.ExecuteReaderAsync(cancellation);
                while (await row.ReadAsync(cancellation))
                {
                    yield return new("weeks.seals", row.GetString(0), row.GetString(1), row.GetString(2));
                }
            }

            await using (var coefficients = new NpgsqlCommand(CoefficientsSql, snapshot.Connection) { CommandTimeout = 0 }
                .With(week.Number).With(week.End).With(week.Previous.Number).With(book.Levels.Length))
            {
                await using var row = await coefficients.ExecuteReaderAsync(cancellation);
                while (await row.ReadAsync(cancellation))
                {
                    yield return new("weeks.seals", row.GetString(0), row.GetString(1), row.GetString(2));
                }
            }
        }
    }

    private static async Task<List<(WeekId Week, int Version, bool IsWhole)>> Runs(
        Snapshot snapshot, CancellationToken cancellation)
    {
        var runs = new List<(WeekId, int, bool)>();
        await using var command = new NpgsqlCommand(RunsSql, snapshot.Connection);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            runs.Add((WeekId.OfNumber(row.GetInt32(0)), row.GetInt32(1), row.GetBoolean(2)));
        }

        return runs;
    }
}

using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Npgsql;
using Stk.Grains.Activity;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Statements;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Weeks;

/// <summary>Tables <c>weeks.seals</c> and <c>weeks.shards</c>. All SQL that touches them is in this file.</summary>
internal sealed class SealTable(NpgsqlDataSource database)
{
    // An index probe a shard: a week without events costs no scan.
    // Whose events are in another shard may be in this one.
    private const string ShardsWithEventsSql = """
        SELECT asked.number::smallint FROM generate_series(0, 63) AS asked (number)
        WHERE EXISTS (SELECT FROM activity.events event WHERE event.week = $1 AND event.shard = asked.number)
            OR asked.number IN (SELECT linked.shard FROM activity.survivors($1) linked)
        ORDER BY asked.number
        """;

    // One aggregate at a time for a shard: a second activation waits, and then finds the shard's row.
    private const string LockSql = "SELECT pg_advisory_xact_lock($1, $2)";

    // One plan for all shards: to make it takes longer than to run it where a week is small, and one that is made for a week
    // of which the statistics do not know yet is made for a single row.
    private const string OnePlanSql = "SET LOCAL plan_cache_mode = force_generic_plan";

    private const string ReadShardSql = """
        SELECT hash, participants, total_micro FROM weeks.shards WHERE week = $1 AND shard = $2
        """;

    private const string AddShardSql = """
        INSERT INTO weeks.shards (week, shard, hash, participants, total_micro) VALUES ($1, $2, $3, $4, $5)
        """;

    // Points come from the set of live events, never from the stored outcomes, but for one: late never takes effect.
    // Where a type's events differ (vesting days), the first by (at, source, uuid) take the places of the day. What the
    // identities of a participant did is the participant's, in the survivor's shard. Materialized: else the look-ups of a
    // member are made again for each of its rows.
    private const string AggregateSql = $"""
        WITH rule AS (
            SELECT * FROM unnest($3::text[], $4::integer[], $5::smallint[], $6::smallint[])
                AS rule (type, day_limit, days, days_max)),
        linked AS MATERIALIZED (SELECT identity, survivor, shard FROM activity.survivors($1)),
        own AS (
            SELECT survivor AS participant, array_agg(identity) || survivor AS numbers FROM linked GROUP BY survivor),
        done AS (
            SELECT event.participant AS earner, event.* FROM activity.live_events event
            WHERE event.week = $1 AND event.shard = $2
                AND NOT EXISTS (SELECT FROM linked WHERE linked.identity = event.participant)
            UNION ALL
            SELECT linked.survivor, event.* FROM linked
            JOIN activity.participants identity ON identity.number = linked.identity
            JOIN activity.live_events event
                ON event.week = $1 AND event.shard = identity.shard AND event.participant = identity.number
            WHERE linked.shard = $2),
        live AS (
            SELECT event.earner AS participant, event.type, event.day, rule.day_limit,
                CASE WHEN event.days BETWEEN rule.days AND rule.days_max THEN event.days ELSE rule.days END AS vests_days,
                CASE WHEN rule.days_max > rule.days
                    THEN row_number() OVER (
                        PARTITION BY event.earner, event.type, event.day
                        ORDER BY event.at, source.name, event.uuid)
                END AS place
            FROM done event
            JOIN rule ON rule.type = event.type
            JOIN activity.sources source ON source.id = event.source_id),
        counts AS (
            SELECT participant, type, day, vests_days, count(*)::integer AS received,
                CASE WHEN min(place) IS NULL
                    THEN least(count(*), min(day_limit))
                    ELSE count(*) FILTER (WHERE place <= day_limit)
                END::integer AS counted
            FROM live GROUP BY participant, type, day, vests_days),
        member AS MATERIALIZED (
            SELECT participant,
                -- An operator's word, unless it was taken back (then it has no level); else the last of a source, or of an
                -- operator's from before words stood.
                COALESCE((
                    SELECT level FROM activity.profile_changes
                    WHERE participant = ANY (who.numbers) AND stands AND (level IS NOT NULL OR takes_back_level) AND at < $7
                    ORDER BY at DESC, uuid DESC LIMIT 1), (
                    SELECT change.level FROM (
                        SELECT event.at, source.name AS source, event.uuid, event.level
                        FROM activity.events event JOIN activity.sources source ON source.id = event.source_id
                        WHERE event.participant = ANY (who.numbers) AND event.level IS NOT NULL
                            AND event.outcome <> {SqlOutcomes.Late} AND event.at < $7 AND {SqlVoids.EventStands}
                        UNION ALL
                        SELECT at, 'admin', uuid, level FROM activity.profile_changes
                        WHERE participant = ANY (who.numbers) AND NOT stands AND level IS NOT NULL AND at < $7
                            AND NOT EXISTS (
                                SELECT FROM activity.profile_changes
                                WHERE participant = ANY (who.numbers) AND stands AND takes_back_level AND at < $7)) change
                    ORDER BY change.at DESC, change.source COLLATE "C" DESC, change.uuid DESC LIMIT 1), 1) AS level,
                -- Any of them.
                EXISTS (
                    SELECT FROM unnest(who.numbers) AS self (number)
                    WHERE (
                        SELECT excluded FROM activity.profile_changes
                        WHERE participant = self.number AND (excluded IS NOT NULL OR takes_back_exclusion) AND at < $7
                        ORDER BY at DESC, uuid DESC LIMIT 1)) AS excluded,
                -- Looked up by the whole key (OFFSET 0: no join): of a week just written the statistics do not know, and
                -- all of it would be read for each participant.
                COALESCE((
                    SELECT max(before.streak)
                    FROM (SELECT number, shard FROM activity.participants WHERE number = ANY (who.numbers) OFFSET 0) self
                    CROSS JOIN LATERAL (
                        SELECT streak FROM weeks.statements
                        WHERE week = $8 AND shard = self.shard AND participant = self.number OFFSET 0) before), 0)
                    AS streak_before
            FROM (
                SELECT DISTINCT participant, coalesce(own.numbers, ARRAY[participant]) AS numbers
                FROM counts LEFT JOIN own USING (participant)) who)
        INSERT INTO weeks.seals (
            week, shard, participant, type, day, vests_days, received, counted, level, streak_before)
        SELECT $1, $2, participant, type, day, vests_days, received, counted, least(level, $9), streak_before
        FROM counts JOIN member USING (participant)
        WHERE NOT excluded
        """;

    private const string ReadSql = """
        SELECT participant, type, day, vests_days, received, counted, level, streak_before
        FROM weeks.seals WHERE week = $1 AND shard = $2 ORDER BY participant, type, day, vests_days
        """;

    private const string ReadDaysSql = """
        SELECT type, day, vests_days, received, counted
        FROM weeks.seals WHERE week = $1 AND shard = $2 AND participant = $3 ORDER BY type, day, vests_days
        """;

    private const string ShardsSql = """
        SELECT shard, hash, participants, total_micro FROM weeks.shards WHERE week = $1 ORDER BY shard
        """;

    public async Task<ImmutableArray<int>> ReadShardsWithEvents(WeekId week, CancellationToken cancellation)
    {
        var shards = ImmutableArray.CreateBuilder<int>();
        await using var command = database.CreateCommand(ShardsWithEventsSql).With(week.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            shards.Add(row.GetInt16(0));
        }

        return shards.ToImmutable();
    }

    /// <summary>The shards that were aggregated, in order.</summary>
    public async Task<ImmutableArray<SealedShard>> ReadShards(WeekId week, CancellationToken cancellation)
    {
        var shards = ImmutableArray.CreateBuilder<SealedShard>();
        await using var command = database.CreateCommand(ShardsSql).With(week.Number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            shards.Add(new(
                row.GetInt16(0), row.GetFieldValue<byte[]>(1), row.GetInt32(2), new Amount(row.GetInt64(3))));
        }

        return shards.ToImmutable();
    }

    /// <summary>Aggregates a shard of a sealed week, once; a repeat gives what the first one stored.</summary>
    public async Task<SealedShard> Aggregate(WeekId week, int shard, RuleBook book, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(LockSql).With(week.Number).With(shard));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(OnePlanSql));
            batch.BatchCommands.Add(new NpgsqlBatchCommand(ReadShardSql).With(week.Number).With((short)shard));
            await using var row = await batch.ExecuteReaderAsync(cancellation);
            await row.NextResultAsync(cancellation);
            if (await row.ReadAsync(cancellation))
            {
                return new(shard, row.GetFieldValue<byte[]>(0), row.GetInt32(1), new Amount(row.GetInt64(2)));
            }
        }

        await using (var command = Aggregation(connection, transaction, week, shard, book))
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }

        var digest = new SealDigest(book);
        await foreach (var participant in Read(connection, week, shard, cancellation))
        {
            digest.Add(participant);
        }

        var aggregated = digest.Finish(shard);
        await using (var command = new NpgsqlCommand(AddShardSql, connection, transaction)
            .With(week.Number).With((short)shard).With(aggregated.Hash).With(aggregated.Participants)
            .With(aggregated.Total.Micro))
        {
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return aggregated;
    }

    /// <summary>A shard's seal, by participant number.</summary>
    public async IAsyncEnumerable<SealedParticipant> Read(
        WeekId week, int shard, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await foreach (var participant in Read(connection, week, shard, cancellation))
        {
            yield return participant;
        }
    }

    /// <summary>What a week's seal holds of one participant.</summary>
    public async Task<ImmutableArray<SealedActivity>> ReadDays(
        WeekId week, int shard, long participant, CancellationToken cancellation)
    {
        var days = ImmutableArray.CreateBuilder<SealedActivity>();
        await using var command = database.CreateCommand(ReadDaysSql)
            .With(week.Number).With((short)shard).With(participant);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            days.Add(new(
                row.GetString(0), row.GetFieldValue<DateOnly>(1), row.GetInt16(2), row.GetInt32(3), row.GetInt32(4)));
        }

        return days.ToImmutable();
    }

    private static NpgsqlCommand Aggregation(
        NpgsqlConnection connection, NpgsqlTransaction transaction, WeekId week, int shard, RuleBook book) =>
        new NpgsqlCommand(AggregateSql, connection, transaction)
            .With(week.Number)
            .With((short)shard)
            .With(book.Activities.Column(rule => rule.Type))
            .With(book.Activities.Column(rule => rule.DayLimit))
            .With(book.Activities.Column(rule => (short)rule.VestsDays))
            .With(book.Activities.Column(rule => (short)rule.VestsDaysMax))
            .With(week.End)
            .With(week.Previous.Number)
            .With(book.Levels.Length);

    private static async IAsyncEnumerable<SealedParticipant> Read(
        NpgsqlConnection connection, WeekId week, int shard, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ReadSql, connection).With(week.Number).With((short)shard);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var activities = ImmutableArray.CreateBuilder<SealedActivity>();
        (long Number, int Level, int StreakBefore)? current = null;
        while (await row.ReadAsync(cancellation))
        {
            var number = row.GetInt64(0);
            if (current is { } before && before.Number != number)
            {
                yield return new(before.Number, before.Level, before.StreakBefore, activities.ToImmutable());
                activities.Clear();
            }

            current = (number, row.GetInt16(6), row.GetInt32(7));
            activities.Add(new(
                row.GetString(1), row.GetFieldValue<DateOnly>(2), row.GetInt16(3), row.GetInt32(4), row.GetInt32(5)));
        }

        if (current is { } last)
        {
            yield return new(last.Number, last.Level, last.StreakBefore, activities.ToImmutable());
        }
    }
}

/// <param name="Hash">SHA-256 over the shard's seal.</param>
/// <param name="Participants">Those with points above zero.</param>
/// <param name="Total">Their rewards before the fund's factor.</param>
internal sealed record SealedShard(int Shard, byte[] Hash, int Participants, Amount Total);

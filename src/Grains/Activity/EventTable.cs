using Npgsql;
using Stk.Rules.Activity;
using Stk.Rules.Weeks;
using Stk.Storage.Sql;

namespace Stk.Grains.Activity;

/// <summary>
/// Tables <c>activity.events</c>, <c>activity.weeks</c> and <c>activity.participants</c> as intake uses them: commands
/// for its two batches, and what the first one reads.
/// </summary>
internal static class EventTable
{
    private const string AddWeeksSql = "INSERT INTO activity.weeks (week) SELECT unnest($1::integer[]) ON CONFLICT DO NOTHING";

    // In week order, as every commit takes them. A retraction may free a place in any open week, known to it or not.
    private const string LockWeeksSql = """
        SELECT week, sealed_at IS NOT NULL FROM activity.weeks
        WHERE week = ANY($1) OR ($2 AND sealed_at IS NULL) ORDER BY week FOR SHARE
        """;

    private const string KnownSql = "SELECT source_id, uuid FROM activity.events WHERE uuid = ANY($1)";

    private const string NumbersSql = "SELECT id, number FROM activity.participants WHERE id = ANY($1)";

    private const string TargetsSql = $"""
        SELECT event.uuid, event.source_id, event.participant, event.type, event.at, event.outcome,
            EXISTS (
                SELECT FROM activity.events retraction
                WHERE retraction.retracts = event.uuid AND retraction.source_id = event.source_id
                    AND retraction.participant = event.participant AND retraction.type = event.type || 'Retracted'
                    AND retraction.outcome <> {SqlOutcomes.Late} AND {SqlVoids.RetractionStands}),
            week.sealed_at IS NOT NULL, said.event
        FROM activity.events event JOIN activity.weeks week USING (week)
        LEFT JOIN vesting.evidence said ON said.uuid = event.uuid AND said.source_id = event.source_id
        WHERE event.uuid = ANY($1)
        """;

    private const string WaitingSql = $"""
        SELECT source_id, participant, retracts, type FROM activity.events retraction
        WHERE retracts = ANY($1) AND outcome <> {SqlOutcomes.Late} AND {SqlVoids.RetractionStands}
        """;

    // In id order, as every commit takes them, so that two silos never wait for each other.
    private const string RegisterSql = """
        INSERT INTO activity.participants (id, shard, registered_at)
        SELECT id, shard, $3 FROM unnest($1::text[], $2::smallint[]) AS new (id, shard) ORDER BY id COLLATE "C"
        ON CONFLICT (id) DO NOTHING
        """;

    // A row missed means that another silo stored it since we looked: the batch is run again and finds a duplicate.
    private const string InsertSql = """
        WITH inserted AS (
            INSERT INTO activity.events (
                source_id, uuid, participant, week, day, shard, outcome, days, level, at, retracts, type, received_at)
            SELECT * FROM unnest(
                $1::integer[], $2::uuid[], $3::bigint[], $4::integer[], $5::date[], $6::smallint[], $7::smallint[],
                $8::smallint[], $9::smallint[], $10::timestamptz[], $11::uuid[], $12::text[],
                $13::timestamptz[])
                AS new (source_id, uuid)
            ORDER BY new.uuid, new.source_id
            ON CONFLICT DO NOTHING RETURNING 1)
        SELECT storage.expect_rows('activity.events', (SELECT count(*) FROM inserted), $14)
        """;

    public static NpgsqlBatchCommand AddWeeks(IReadOnlyCollection<WeekId> weeks) =>
        new NpgsqlBatchCommand(AddWeeksSql).With(Numbers(weeks));

    public static NpgsqlBatchCommand LockWeeks(IReadOnlyCollection<WeekId> weeks, bool andAllOpen) =>
        new NpgsqlBatchCommand(LockWeeksSql).With(Numbers(weeks)).With(andAllOpen);

    public static NpgsqlBatchCommand ReadKnown(Guid[] uuids) => new NpgsqlBatchCommand(KnownSql).With(uuids);

    public static NpgsqlBatchCommand ReadNumbers(string[] ids) => new NpgsqlBatchCommand(NumbersSql).With(ids);

    public static NpgsqlBatchCommand ReadTargets(Guid[] uuids) => new NpgsqlBatchCommand(TargetsSql).With(uuids);

    public static NpgsqlBatchCommand ReadWaiting(Guid[] uuids) => new NpgsqlBatchCommand(WaitingSql).With(uuids);

    public static NpgsqlBatchCommand Register(string[] ids, short[] shards, DateTimeOffset now) =>
        new NpgsqlBatchCommand(RegisterSql).With(ids).With(shards).With(now);

    public static NpgsqlBatchCommand Insert(IReadOnlyList<EventRow> rows) => new NpgsqlBatchCommand(InsertSql)
        .With(rows.Column(row => row.SourceId))
        .With(rows.Column(row => row.Uuid))
        .With(rows.Column(row => row.Participant))
        .With(rows.Column(row => row.Week))
        .With(rows.Column(row => row.Day))
        .With(rows.Column(row => row.Shard))
        .With(rows.Column(row => (short)row.Outcome))
        .With(rows.Column(row => row.Days))
        .With(rows.Column(row => row.Level))
        .With(rows.Column(row => row.At))
        .With(rows.Column(row => row.Retracts))
        .With(rows.Column(row => row.Type))
        .With(rows.Column(row => row.ReceivedAt))
        .With((long)rows.Count);

    private static int[] Numbers(IReadOnlyCollection<WeekId> weeks) => [.. weeks.Select(week => week.Number)];
}

/// <summary>A row of <c>activity.events</c>, with what <c>vesting</c> keeps beside it.</summary>
/// <param name="Evidence">Of an event that is evidence, and of no other.</param>
/// <param name="Referred">Of an event whose reward stands on whom it names.</param>
/// <param name="ReceivedAt">By the economy's clock.</param>
internal sealed record EventRow(
    int SourceId, Guid Uuid, long Participant, int Week, DateOnly Day, short Shard, EventOutcome Outcome,
    short? Days, short? Level, DateTimeOffset At, Guid? Retracts, string Type,
    EvidenceSaid? Evidence, string? Referred, DateTimeOffset ReceivedAt);

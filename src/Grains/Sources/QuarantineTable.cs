using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Sources;
using Stk.Grains.Paging;
using Stk.Rules.Objections;
using Stk.Rules.Sources;
using Stk.Storage.Sql;

namespace Stk.Grains.Sources;

/// <summary>Table <c>sources.quarantine</c>. All SQL that touches it is in this file.</summary>
internal sealed class QuarantineTable(NpgsqlDataSource database)
{
    /// <summary>Of one request. Unit: events.</summary>
    public const int MaxAtOnce = 1_000;

    /// <summary>How long something is kept, by the economy's clock.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    private const string InsertSql = """
        INSERT INTO sources.quarantine (id, source_id, uuid, form, reason, field, rule, payload, received_at)
        SELECT gen_random_uuid(), * FROM unnest(
            $1::integer[], $2::uuid[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
        ON CONFLICT (source_id, uuid) WHERE reason = 'held' DO NOTHING
        """;

    private const string InsertOnceSql = """
        INSERT INTO sources.quarantine (id, source_id, uuid, form, reason, field, rule, payload, received_at)
        SELECT gen_random_uuid(), new.* FROM unnest(
            $1::integer[], $2::uuid[], $3::smallint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::timestamptz[])
            AS new (source_id, uuid, form, reason, field, rule, payload, received_at)
        WHERE NOT EXISTS (
            SELECT FROM sources.quarantine kept
            WHERE kept.source_id = new.source_id AND kept.uuid IS NOT DISTINCT FROM new.uuid
                AND (kept.uuid IS NOT NULL OR kept.payload = new.payload))
        ON CONFLICT (source_id, uuid) WHERE reason = 'held' DO NOTHING
        """;

    private const string ListSql = """
        SELECT place, id, uuid, reason, field, rule, payload, received_at FROM sources.quarantine
        WHERE source_id = $1 AND ($2 IS NULL OR reason = $2) AND place < $3 ORDER BY place DESC LIMIT $4
        """;

    private const string FindSql = """
        SELECT place, id, uuid, reason, field, rule, payload, received_at, form FROM sources.quarantine
        WHERE source_id = $1 AND (id = ANY($2) OR reason = $3) ORDER BY place LIMIT $4
        """;

    private const string DeleteSql = "DELETE FROM sources.quarantine WHERE id = ANY($1)";

    private const string PurgeSql = "DELETE FROM sources.quarantine WHERE received_at < $1";

    // Of the reason that a source has most of: a flood of one leaves the others.
    private const string TrimSql = """
        WITH counted AS (
            SELECT source_id, reason, count(*) AS many, sum(count(*)) OVER (PARTITION BY source_id) AS total
            FROM sources.quarantine GROUP BY source_id, reason),
        fullest AS (
            SELECT DISTINCT ON (source_id) source_id, reason, total - 100000 AS excess FROM counted
            WHERE total > 100000 ORDER BY source_id, many DESC, reason)
        DELETE FROM sources.quarantine WHERE id IN (
            SELECT oldest.id FROM fullest CROSS JOIN LATERAL (
                SELECT id FROM sources.quarantine kept
                WHERE kept.source_id = fullest.source_id AND kept.reason = fullest.reason
                ORDER BY place LIMIT fullest.excess) AS oldest)
        """;

    public static NpgsqlBatchCommand Insert(IReadOnlyList<QuarantineRow> rows) =>
        With(new NpgsqlBatchCommand(InsertSql), rows);

    /// <summary>Keeps what is not kept already: what is pulled is read again and again.</summary>
    public async Task AddOnce(IReadOnlyList<QuarantineRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(With(new NpgsqlBatchCommand(InsertOnceSql), rows));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlBatchCommand With(NpgsqlBatchCommand command, IReadOnlyList<QuarantineRow> rows) => command
        .With(rows.Column(row => row.SourceId))
        .With(rows.Column(row => row.Uuid))
        .With(rows.Column(row => (short)row.Form))
        .With(rows.Column(row => row.Reason))
        .With(rows.Column(row => row.Field))
        .With(rows.Column(row => row.Rule))
        // What a database cannot hold is told by its place all the same.
        .With(rows.Column(row => row.Payload.Replace("\0", "\\u0000", StringComparison.Ordinal)))
        .With(rows.Column(row => row.ReceivedAt));

    public async Task Add(IReadOnlyList<QuarantineRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(Insert(rows));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<QuarantinePage> List(
        int source, PageRequest request, string? reason, CancellationToken cancellation)
    {
        var cursors = new Cursors("quarantine", reason ?? "");
        var before = long.MaxValue;
        if (request.Cursor is { } cursor && !cursors.TryReadNumber(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        var items = new List<(long Place, QuarantinedEvent Event)>();
        await using var command = database.CreateCommand(ListSql)
            .With(source).WithNullable(reason, NpgsqlDbType.Text).With(before).With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            items.Add((row.GetInt64(0), Read(row)));
        }

        var shown = items.Take(request.Limit).ToList();
        return new(
            [.. shown.Select(one => one.Event)],
            items.Count > request.Limit ? cursors.WriteNumber(shown[^1].Place) : null);
    }

    /// <summary>Those that a request names, the oldest first.</summary>
    public async Task<IReadOnlyList<(QuarantinedEvent Event, QuarantineForm Form)>> Find(
        int source, ImmutableArray<Guid> ids, string? reason, CancellationToken cancellation)
    {
        var found = new List<(QuarantinedEvent, QuarantineForm)>();
        await using var command = database.CreateCommand(FindSql)
            .With(source).With(ids.ToArray()).WithNullable(reason, NpgsqlDbType.Text).With(MaxAtOnce);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            found.Add((Read(row), (QuarantineForm)row.GetInt16(8)));
        }

        return found;
    }

    public static NpgsqlBatchCommand Delete(Guid[] ids) => new NpgsqlBatchCommand(DeleteSql).With(ids);

    public async Task Remove(Guid[] ids, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(DeleteSql).With(ids);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Lets go what is too old, and of what is too much the oldest.</summary>
    /// <returns>How many of the latter.</returns>
    public async Task<int> DropEnded(DateTimeOffset now, CancellationToken cancellation)
    {
        await using (var purge = database.CreateCommand(PurgeSql).With(now - Kept))
        {
            await purge.ExecuteNonQueryAsync(cancellation);
        }

        await using var trim = database.CreateCommand(TrimSql);
        return await trim.ExecuteNonQueryAsync(cancellation);
    }

    private static QuarantinedEvent Read(NpgsqlDataReader row) => new(
        row.GetGuid(1), row.IsDBNull(2) ? null : row.GetGuid(2), row.GetString(3), row.TextOrNull(4), row.TextOrNull(5),
        row.GetString(6), row.Instant(7));
}

/// <summary>In which form a payload is. Stored: never renumber.</summary>
internal enum QuarantineForm
{
    /// <summary>Our own, as its source has pushed it.</summary>
    Pushed = 1,

    /// <summary>The source's own.</summary>
    Foreign = 2,

    /// <summary>Our own, whose id is a participant's name.</summary>
    Named = 3,
}

/// <summary>Something that is to be kept.</summary>
internal sealed record QuarantineRow(
    int SourceId, Guid? Uuid, QuarantineForm Form, string Reason, string? Field, string? Rule, string Payload,
    DateTimeOffset ReceivedAt)
{
    public static QuarantineRow Rejected(
        int source, Guid? uuid, QuarantineForm form, Objection broken, string payload,
        DateTimeOffset at) => new(
        source, uuid, form, QuarantineReasons.Of(broken), broken.Field, broken.Rule, payload, at);
}

using Npgsql;
using NpgsqlTypes;
using Stk.Sources.Aisystant;
using Stk.Storage.Sql;

namespace Stk.Grains.Pulls;

/// <summary>
/// Tables <c>sources.platform_levels</c> and <c>platform_cursors</c>: what the platform's profiles have said, and up to
/// where.
/// </summary>
internal sealed class PlatformLevelTable(NpgsqlDataSource database)
{
    private const string CursorSql = "SELECT cursor FROM sources.platform_cursors WHERE source_id = $1";

    private const string FindSql = """
        SELECT id, level, since, at, updated_at FROM sources.platform_levels WHERE source_id = $1 AND id = ANY($2)
        """;

    // An older page that comes late changes nothing.
    private const string PutSql = """
        INSERT INTO sources.platform_levels (source_id, id, level, since, at, updated_at)
        SELECT $1, * FROM unnest($2::text[], $3::smallint[], $4::timestamptz[], $5::timestamptz[], $6::timestamptz[])
        ON CONFLICT (source_id, id) DO UPDATE
        SET level = excluded.level, since = excluded.since, at = excluded.at, updated_at = excluded.updated_at
        WHERE excluded.updated_at >= platform_levels.updated_at
        """;

    private const string PutCursorSql = """
        INSERT INTO sources.platform_cursors (source_id, cursor) SELECT $1, $2 WHERE $2 IS NOT NULL
        ON CONFLICT (source_id) DO UPDATE SET cursor = excluded.cursor
        """;

    /// <summary>Null where nothing was read yet.</summary>
    public async Task<string?> Cursor(int source, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(CursorSql).With(source);
        return (string?)await command.ExecuteScalarAsync(cancellation);
    }

    public async Task<IReadOnlyDictionary<string, LevelMirror>> Find(
        int source, IReadOnlyCollection<string> ids, CancellationToken cancellation)
    {
        var known = new Dictionary<string, LevelMirror>(StringComparer.Ordinal);
        await using var command = database.CreateCommand(FindSql).With(source).With(ids.ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            known.Add(row.GetString(0), new(row.GetInt16(1), row.Instant(2), row.Instant(3), row.Instant(4)));
        }

        return known;
    }

    /// <summary>What a page has said, and where the next is read on; one commit.</summary>
    /// <param name="cursor">Null: where this one was read.</param>
    public async Task Put(
        int source, IReadOnlyDictionary<string, LevelMirror> said, string? cursor, CancellationToken cancellation)
    {
        var rows = said.ToList();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PutSql)
            .With(source).With(rows.Column(row => row.Key)).With(rows.Column(row => (short)row.Value.Level))
            .With(rows.Column(row => row.Value.Since.ToUniversalTime()))
            .With(rows.Column(row => row.Value.At.ToUniversalTime()))
            .With(rows.Column(row => row.Value.UpdatedAt.ToUniversalTime())));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(PutCursorSql)
            .With(source).WithNullable(cursor, NpgsqlDbType.Text));
        await batch.ExecuteNonQueryAsync(cancellation);
    }
}

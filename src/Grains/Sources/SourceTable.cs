using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Sources;
using Stk.Rules.Sources;
using Stk.Storage.Sql;

namespace Stk.Grains.Sources;

/// <summary>Table <c>activity.sources</c>. All SQL that touches it is in this file.</summary>
internal sealed class SourceTable(NpgsqlDataSource database)
{
    private const string Columns = """
        name, complete_to, required, settings,
        format('%s %s %s', extract(epoch FROM complete_to), required, settings),
        (SELECT count(*) FROM sources.quarantine WHERE source_id = source.id AND reason = 'held')::integer,
        (SELECT count(*) FROM sources.quarantine WHERE source_id = source.id)::integer,
        CASE WHEN pull.failures > 0 THEN 'failing' WHEN pull.lease_until > now() THEN 'running' ELSE 'idle' END,
        pull.last_event_at, pull.last_pull_at, pull.last_error, pull.differences
        """;

    private const string Pulled = "LEFT JOIN sources.pulls pull ON pull.source_id = source.id";

    private const string ReadSql = $"SELECT {Columns} FROM activity.sources source {Pulled} WHERE name = $1";

    private const string ListSql = $"SELECT {Columns} FROM activity.sources source {Pulled} ORDER BY name";

    private const string FindSql = "SELECT id, settings FROM activity.sources WHERE name = $1";

    private const string NamespacesSql = """
        SELECT DISTINCT settings ->> 'namespace' FROM activity.sources
        WHERE settings ->> 'namespace' <> '' ORDER BY 1
        """;

    // Whoever has changed it since it was read was first: it is planned again.
    private const string ExpectSql = """
        SELECT storage.expect(
            (SELECT format('%s %s %s', extract(epoch FROM complete_to), required, settings)
                FROM activity.sources WHERE name = $1 FOR UPDATE) IS NOT DISTINCT FROM $2, 'what was set of a source')
        """;

    private const string PutSql = """
        INSERT INTO activity.sources (name, complete_to, required, settings) VALUES ($1, $2, $3, $4::json)
        ON CONFLICT (name) DO UPDATE SET complete_to = $2, required = $3, settings = $4::json
        """;

    // A known name costs no write, and so no gap in the ids.
    private const string AddSql = """
        INSERT INTO activity.sources (name) SELECT $1
        WHERE NOT EXISTS (SELECT FROM activity.sources WHERE name = $1)
        ON CONFLICT (name) DO NOTHING
        """;

    private const string IncompleteSql = """
        SELECT name FROM activity.sources source
        WHERE (required AND (complete_to IS NULL OR complete_to < $1))
            -- What a mirror has given and intake has not answered yet.
            OR EXISTS (
                SELECT FROM sources.given_events given
                WHERE given.source_id = source.id AND given.at < $1 AND rejected IS NULL)
        ORDER BY name
        """;

    /// <summary>Null where there is none of this name.</summary>
    public async Task<SourceRow?> Read(string name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(name);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Row(row) : null;
    }

    /// <summary>All of them, by name.</summary>
    public async Task<ImmutableArray<SourceReply>> List(CancellationToken cancellation)
    {
        var sources = ImmutableArray.CreateBuilder<SourceReply>();
        await using var command = database.CreateCommand(ListSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            sources.Add(Row(row).Said);
        }

        return sources.ToImmutable();
    }

    /// <summary>The commands that set what an operator sets, adding the source where it is new.</summary>
    /// <param name="before">As it was read; null where it is new.</param>
    public static NpgsqlBatchCommand[] Put(SourceReply put, SourceRow? before) =>
    [
        new NpgsqlBatchCommand(ExpectSql).With(put.Name).WithNullable(before?.State, NpgsqlDbType.Text),
        new NpgsqlBatchCommand(PutSql)
            .With(put.Name).WithNullable(put.CompleteTo?.ToUniversalTime(), NpgsqlDbType.TimestampTz).With(put.IsRequired)
            .WithNullable(put.Settings, NpgsqlDbType.Text),
    ];

    /// <summary>What intake needs of a source; null where there is none of this name.</summary>
    public async Task<KnownSource?> FindKnown(string name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(name);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(row.GetInt32(0), row.TextOrNull(1) is { } settings ? SourceSettingsJson.Read(name, settings) : null)
            : null;
    }

    /// <summary>Adds a source that may send everything. Harmless where it is there.</summary>
    public async Task Add(string name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(AddSql).With(name);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Of all sources' ids, the common one left out.</summary>
    public async Task<ImmutableArray<string>> ReadNamespaces(CancellationToken cancellation)
    {
        var names = ImmutableArray.CreateBuilder<string>();
        await using var command = database.CreateCommand(NamespacesSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            names.Add(row.GetString(0));
        }

        return names.ToImmutable();
    }

    /// <summary>
    /// The required sources that are not complete up to an instant, and those of which something from before it waits here.
    /// </summary>
    public async Task<IReadOnlyList<string>> ReadIncomplete(DateTimeOffset to, CancellationToken cancellation)
    {
        var names = new List<string>();
        await using var command = database.CreateCommand(IncompleteSql).With(to);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            names.Add(row.GetString(0));
        }

        return names;
    }

    private static SourceRow Row(NpgsqlDataReader row) => new(
        new(
            row.GetString(0), row.InstantOrNull(1), row.GetBoolean(2), Settings: row.TextOrNull(3), Held: row.GetInt32(5),
            Quarantined: row.GetInt32(6),
            Pull: row.IsDBNull(11)
                ? null
                : new(row.GetString(7), row.InstantOrNull(8), row.InstantOrNull(9), row.TextOrNull(10), row.GetInt32(11))),
        row.GetString(4));
}

/// <param name="Said">As it is answered.</param>
/// <param name="State">All that may be set of it, as one text: two that are alike are the same.</param>
internal sealed record SourceRow(SourceReply Said, string State);

using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Sources;
using Stk.Storage.Sql;

namespace Stk.Grains.Sources;

/// <summary>Table <c>activity.sources</c>. All SQL that touches it is in this file.</summary>
internal sealed class SourceTable(NpgsqlDataSource database)
{
    private const string ReadSql = "SELECT name, complete_to, required FROM activity.sources WHERE name = $1";

    private const string PutSql = """
        INSERT INTO activity.sources (name, complete_to, required) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET complete_to = $2, required = $3
        """;

    // A known name costs no write, and so no gap in the ids.
    private const string GetIdSql = """
        WITH added AS (
            INSERT INTO activity.sources (name) SELECT $1
            WHERE NOT EXISTS (SELECT FROM activity.sources WHERE name = $1)
            ON CONFLICT (name) DO NOTHING RETURNING id)
        SELECT id FROM added UNION ALL SELECT id FROM activity.sources WHERE name = $1
        """;

    private const string FindIdSql = "SELECT id FROM activity.sources WHERE name = $1";

    private const string IncompleteSql = """
        SELECT name FROM activity.sources WHERE required AND (complete_to IS NULL OR complete_to < $1) ORDER BY name
        """;

    public async Task<SourceReply?> Read(string name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(name);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(row.GetString(0), row.InstantOrNull(1), row.GetBoolean(2))
            : null;
    }

    /// <summary>The command that sets a source's watermark, adding the source where it is new.</summary>
    public static NpgsqlBatchCommand Put(string name, PutSourceRequest request) => new NpgsqlBatchCommand(PutSql)
        .With(name).WithNullable(request.CompleteTo?.ToUniversalTime(), NpgsqlDbType.TimestampTz).With(request.IsRequired);

    /// <summary>The number of a source; null where there is none of this name.</summary>
    public async Task<int?> FindId(string name, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindIdSql).With(name);
        return await command.ExecuteScalarAsync(cancellation) as int?;
    }

    /// <summary>The number of a source, which is added where it is new.</summary>
    public async Task<int> GetId(string name, CancellationToken cancellation)
    {
        // Where another silo adds it at this very moment the first try sees neither its row nor ours.
        while (true)
        {
            await using var command = database.CreateCommand(GetIdSql).With(name);
            if (await command.ExecuteScalarAsync(cancellation) is int id)
            {
                return id;
            }
        }
    }

    /// <summary>The required sources that are not complete up to an instant.</summary>
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
}

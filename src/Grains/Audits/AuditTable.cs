using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Audit;

namespace Stk.Grains.Audits;

/// <summary>Schema <c>audit</c>. All SQL that touches it is in this file, but for the chain's verification.</summary>
internal sealed class AuditTable(NpgsqlDataSource database)
{
    private const string AppendSql = "SELECT audit.append($1, $2, $3, $4, $5, $6, $7)";

    private const string ReadSql = """
        SELECT entry.sequence, entry.at, entry.by, entry.action, texts.subject, texts.before, texts.after, texts.reason,
            entry.hash
        FROM audit.entries entry LEFT JOIN audit.texts USING (sequence)
        WHERE entry.sequence < $1 AND ($3::text IS NULL OR entry.action = $3) AND ($4::timestamptz IS NULL OR entry.at >= $4)
            AND ($5::timestamptz IS NULL OR entry.at < $5)
        ORDER BY entry.sequence DESC LIMIT $2
        """;

    /// <summary>
    /// The command that appends an entry to the chain. It holds the chain until the transaction ends: the last command
    /// before COMMIT, in the write that commits.
    /// </summary>
    public static NpgsqlBatchCommand Append(AuditEntry entry) => new(AppendSql)
    {
        Parameters =
        {
            new NpgsqlParameter<DateTimeOffset> { TypedValue = entry.At.ToUniversalTime() },
            new NpgsqlParameter<string> { TypedValue = entry.By },
            new NpgsqlParameter<string> { TypedValue = entry.Action },
            new NpgsqlParameter<string> { TypedValue = entry.Subject },
            Text(entry.Before),
            new NpgsqlParameter<string> { TypedValue = entry.After },
            Text(entry.Reason),
        },
    };

    /// <summary>Newest first. Texts that were erased are shown empty.</summary>
    /// <param name="before">Only entries before this one.</param>
    public async Task<ImmutableArray<AuditEntryView>> Read(
        long before, int limit, string? action, DateTimeOffset? from, DateTimeOffset? below, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql);
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = before });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = limit });
        command.Parameters.Add(Text(action));
        command.Parameters.Add(Instant(from));
        command.Parameters.Add(Instant(below));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var entries = ImmutableArray.CreateBuilder<AuditEntryView>();
        while (await row.ReadAsync(cancellation))
        {
            entries.Add(new(
                row.GetInt64(0), row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.GetString(3),
                TextOf(row, 4) ?? "", TextOf(row, 5), TextOf(row, 6) ?? "", TextOf(row, 7),
                Convert.ToHexStringLower(row.GetFieldValue<byte[]>(8))));
        }

        return entries.DrainToImmutable();
    }

    private static string? TextOf(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static NpgsqlParameter Text(string? text) =>
        new() { Value = (object?)text ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Instant(DateTimeOffset? instant) =>
        new() { Value = (object?)instant?.ToUniversalTime() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}

using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Audit;
using Stk.Storage.Sql;

namespace Stk.Grains.AuditLog;

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
    public static NpgsqlBatchCommand Append(AuditEntry entry) => new NpgsqlBatchCommand(AppendSql)
        .With(entry.At.ToUniversalTime()).With(entry.By).With(entry.Action).With(entry.Subject)
        .WithNullable(entry.Before, NpgsqlDbType.Text).With(entry.After).WithNullable(entry.Reason, NpgsqlDbType.Text);

    /// <summary>Newest first. Texts that were erased are shown empty.</summary>
    /// <param name="before">Only entries before this one.</param>
    public async Task<ImmutableArray<AuditEntryView>> Read(
        long before, int limit, string? action, DateTimeOffset? from, DateTimeOffset? below, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql)
            .With(before).With(limit).WithNullable(action, NpgsqlDbType.Text)
            .WithNullable(from?.ToUniversalTime(), NpgsqlDbType.TimestampTz)
            .WithNullable(below?.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var entries = ImmutableArray.CreateBuilder<AuditEntryView>();
        while (await row.ReadAsync(cancellation))
        {
            entries.Add(new(
                row.GetInt64(0), row.Instant(1), row.GetString(2), row.GetString(3),
                row.TextOrNull(4) ?? "", row.TextOrNull(5), row.TextOrNull(6) ?? "", row.TextOrNull(7),
                Convert.ToHexStringLower(row.GetFieldValue<byte[]>(8))));
        }

        return entries.DrainToImmutable();
    }
}

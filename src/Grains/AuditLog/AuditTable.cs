using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.GrainInterfaces.Audit;
using Stk.Ledger.Writer;
using Stk.Storage.Sql;

namespace Stk.Grains.AuditLog;

/// <summary>Schema <c>audit</c>. All SQL that touches it is in this file, but for the chain's verification.</summary>
internal sealed class AuditTable(NpgsqlDataSource database)
{
    /// <summary>SQLSTATE of an entry that was made for another head.</summary>
    public const string HeadMoved = "STK01";

    private const string HeadSql = "SELECT sequence, hash FROM audit.head";

    // The head is locked from here to the end of the transaction.
    private const string AppendSql = """
        WITH moved AS (
            UPDATE audit.head SET sequence = $1, hash = $2 WHERE sequence = $1 - 1 RETURNING 1),
        entry AS (
            INSERT INTO audit.entries (sequence, at, by, action, text_hash, hash, signature)
            SELECT $1, $3, $4, $5, $6, $2, $7 FROM moved),
        texts AS (
            INSERT INTO audit.texts (sequence, subject, before, after, reason, salt)
            SELECT $1, $8, $9, $10, $11, $12 FROM moved)
        SELECT storage.expect_rows('audit.head', (SELECT count(*) FROM moved), 1)
        """;

    private const string ReadSql = """
        SELECT entry.sequence, entry.at, entry.by, entry.action, texts.subject, texts.before, texts.after, texts.reason,
            entry.hash
        FROM audit.entries entry LEFT JOIN audit.texts USING (sequence)
        WHERE entry.sequence < $1 AND ($3::text IS NULL OR entry.action = $3) AND ($4::timestamptz IS NULL OR entry.at >= $4)
            AND ($5::timestamptz IS NULL OR entry.at < $5)
        ORDER BY entry.sequence DESC LIMIT $2
        """;

    /// <summary>
    /// The command that appends a link to the chain. It holds the chain until the transaction ends: the last command
    /// before COMMIT, in the write that commits. It fails with <see cref="HeadMoved"/> where another was first.
    /// </summary>
    public static NpgsqlBatchCommand Append(AuditLink link) => new NpgsqlBatchCommand(AppendSql)
        .With(link.Sequence).With(link.Hash.ToArray()).With(link.Entry.At.UtcDateTime).With(link.Entry.By)
        .With(link.Entry.Action).With(link.TextHash.ToArray()).With(link.Signature).With(link.Entry.Subject)
        .WithNullable(link.Entry.Before, NpgsqlDbType.Text).With(link.Entry.After)
        .WithNullable(link.Entry.Reason, NpgsqlDbType.Text).With(link.Salt);

    /// <summary>The command whose row <see cref="Head(NpgsqlDataReader, CancellationToken)"/> reads.</summary>
    public static NpgsqlBatchCommand ReadHead() => new(HeadSql);

    public static async Task<ChainHead> Head(NpgsqlDataReader reader, CancellationToken cancellation) =>
        await reader.ReadAsync(cancellation)
            ? new(reader.GetInt64(0), new(reader.GetFieldValue<byte[]>(1)))
            : throw new InvalidOperationException("audit.head has no row: the schema's script makes it");

    public async Task<ChainHead> Head()
    {
        await using var command = database.CreateCommand(HeadSql);
        await using var reader = await command.ExecuteReaderAsync();
        return await Head(reader, CancellationToken.None);
    }

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

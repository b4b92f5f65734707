using Npgsql;
using Stk.Ledger.Machine;
using Stk.Storage.Sql;

namespace Stk.Ledger.Sql;

/// <param name="Accounts">Made so far: the next account's id is one more.</param>
internal readonly record struct HeadRow(long Sequence, Digest Hash, DateTimeOffset At, long Accounts);

internal static class HeadTable
{
    private const string LockSql = "SELECT sequence, hash, at, accounts FROM ledger.head FOR UPDATE";

    private const string ReadSql = "SELECT sequence, hash, at, accounts FROM ledger.head";

    private const string MoveSql = """
        WITH moved AS (
            UPDATE ledger.head SET sequence = $2, hash = $3, at = $4, accounts = $5 WHERE sequence = $1 RETURNING 1)
        SELECT storage.expect_rows('ledger.head', (SELECT count(*) FROM moved), 1)
        """;

    // A hint for followers; PostgreSQL sends it once the commit is done.
    private const string NotifySql = $"SELECT pg_notify('{LedgerChanges.Channel}', $1)";

    /// <summary>A statement of its own, before any that reads balances: one that waited would see old ones.</summary>
    public static NpgsqlBatchCommand Lock() => new(LockSql);

    public static NpgsqlBatchCommand Move(HeadRow from, HeadRow to) =>
        new NpgsqlBatchCommand(MoveSql)
            .With(from.Sequence).With(to.Sequence).With(to.Hash.ToArray()).With(to.At.UtcDateTime).With(to.Accounts);

    public static NpgsqlBatchCommand Notify(long sequence) =>
        new NpgsqlBatchCommand(NotifySql).With(sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static async Task<HeadRow> Read(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ReadSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await Row(reader, cancellation);
    }

    public static async Task<HeadRow> Row(NpgsqlDataReader reader, CancellationToken cancellation) =>
        await reader.ReadAsync(cancellation)
            ? new(
                reader.GetInt64(0), new(reader.GetFieldValue<byte[]>(1)), reader.Instant(2),
                reader.GetInt64(3))
            : throw new InvalidOperationException("ledger.head has no row: the schema's script makes it");
}

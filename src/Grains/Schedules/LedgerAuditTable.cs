using Npgsql;
using NpgsqlTypes;
using Stk.Ledger.Machine;
using Stk.Storage.Sql;

namespace Stk.Grains.Schedules;

/// <summary>Table <c>schedule.audits</c>.</summary>
internal sealed class LedgerAuditTable(NpgsqlDataSource database)
{
    private const string LastSql = """
        SELECT at, head_sequence, head_hash FROM schedule.audits WHERE fault IS NULL ORDER BY at DESC LIMIT 1
        """;

    private const string InsertSql = """
        INSERT INTO schedule.audits (day, at, after_sequence, head_sequence, head_hash, fault)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (day) DO NOTHING
        """;

    /// <summary>The last audit that has found all well; null: none.</summary>
    public async Task<SoundAudit?> ReadLast(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LastSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(row.Instant(0), row.GetInt64(1), new(row.GetFieldValue<byte[]>(2)))
            : null;
    }

    /// <param name="after">The last commit that was verified before; 0: all was looked at.</param>
    /// <param name="fault">Null where all adds up.</param>
    public async Task Insert(DateOnly day, DateTimeOffset at, long after, long sequence, Digest hash, string? fault)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertSql)
            .With(day).With(at.UtcDateTime).With(after).With(sequence).With(hash.ToArray())
            .WithNullable(fault, NpgsqlDbType.Text));
        await batch.ExecuteNonQueryAsync();
    }
}

/// <param name="At">By the host's clock.</param>
/// <param name="Sequence">The last commit that was looked at.</param>
internal sealed record SoundAudit(DateTimeOffset At, long Sequence, Digest Hash);

using System.Collections.Immutable;
using System.Diagnostics;
using Npgsql;
using Stk.GrainInterfaces.Reconciling;
using Stk.Storage.Sql;

namespace Stk.Grains.Reconciling;

/// <summary>Table <c>settlement.differences</c>, as it is shown and made good.</summary>
internal sealed class DifferenceTable(NpgsqlDataSource database)
{
    /// <summary>Our accounts hold less than what all that is known of them comes to.</summary>
    public const short Missing = 2;

    /// <summary>There are more STK on chain than were minted.</summary>
    public const short Beyond = 3;

    private const string OpenSql = """
        SELECT id, kind, amount_micro, account, signature, details, found_at
        FROM settlement.differences WHERE covered_by IS NULL ORDER BY number
        """;

    private const string FindSql = """
        SELECT amount_micro, covered_by IS NOT NULL FROM settlement.differences WHERE id = $1
        """;

    private const string InsertSql = """
        INSERT INTO settlement.differences (id, kind, slot, amount_micro, details, found_at) VALUES ($1, $2, $3, $4, $5, $6)
        """;

    private const string CoverSql = """
        WITH covered AS (
            UPDATE settlement.differences SET covered_by = $2, covered_at = $3, approval = $4
            WHERE id = $1 AND covered_by IS NULL AND amount_micro = $5 RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM covered) = 1, 'a difference that is not made good')
        """;

    /// <summary>What is not made good yet, the oldest first.</summary>
    public async Task<ImmutableArray<DifferenceView>> ReadOpen(CancellationToken cancellation)
    {
        var open = ImmutableArray.CreateBuilder<DifferenceView>();
        await using var command = database.CreateCommand(OpenSql);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            open.Add(new(
                row.GetGuid(0), Name(row.GetInt16(1)), new(row.GetInt64(2)), row.TextOrNull(3), row.TextOrNull(4),
                row.GetString(5), row.Instant(6)));
        }

        return open.ToImmutable();
    }

    /// <summary>How much it is, and whether it is made good; null where there is none of this id. Unit: micro-STK.</summary>
    public async Task<(long AmountMicro, bool IsCovered)?> Find(Guid id, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(id);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? (row.GetInt64(0), row.GetBoolean(1)) : null;
    }

    /// <summary>The command that stores what a reconciliation has found.</summary>
    public static NpgsqlBatchCommand Insert(short kind, long slot, Int128 amountMicro, string details, DateTimeOffset now) =>
        new NpgsqlBatchCommand(InsertSql)
            .With(Guid.CreateVersion7()).With(kind).With(slot).With((long)amountMicro).With(details).With(now.UtcDateTime);

    /// <summary>The command that says what has made it good. It fails where something has already.</summary>
    public static NpgsqlBatchCommand Cover(
        Guid id, Guid transaction, DateTimeOffset at, Guid approval, long amountMicro) =>
        new NpgsqlBatchCommand(CoverSql).With(id).With(transaction).With(at.UtcDateTime).With(approval).With(amountMicro);

    // For ever.
    private static string Name(short kind) => kind switch
    {
        1 => "left",
        Missing => "missing",
        Beyond => "beyond",
        _ => throw new UnreachableException(),
    };
}

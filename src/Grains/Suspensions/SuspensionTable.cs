using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Ledger;
using Stk.Storage.Sql;

namespace Stk.Grains.Suspensions;

/// <summary>Table <c>suspensions.changes</c>. All SQL that touches it is in this file.</summary>
internal sealed class SuspensionTable(NpgsqlDataSource database)
{
    private const string ReadSql =
        "SELECT number, participant, is_suspended FROM suspensions.changes WHERE number > $1 ORDER BY number";

    private const string FindSql = "SELECT number FROM activity.participants WHERE id = $1";

    private const string FindSuspensionSql = """
        SELECT number FROM (
            SELECT number, is_suspended FROM suspensions.changes WHERE participant = $1 ORDER BY number DESC LIMIT 1) AS last
        WHERE is_suspended
        """;

    // The journal waits for it: no commit that is under way has looked before and ends behind. The locks are taken in the
    // order of the writers, the journal's head before the log's.
    private const string InsertSql = $"""
        WITH head AS (SELECT sequence FROM ledger.head FOR UPDATE),
        added AS (
            INSERT INTO suspensions.changes (
                number, participant, is_suspended, after_sequence, at, by, reason, approval, told)
            SELECT (SELECT {NumberedRows.Next} FROM suspensions.changes), $1, $2, head.sequence, $3, $4, $5, $6, $2
            FROM head
            WHERE $2 IS DISTINCT FROM (
                SELECT is_suspended FROM suspensions.changes WHERE participant = $1 ORDER BY number DESC LIMIT 1)
            RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM added) = 1, 'another state')
        """;

    private const string NotifySql = $"SELECT pg_notify('{LedgerChanges.Channel}', '')";

    // In the commit itself, behind the journal's head: nobody who was suspended before it pays in it.
    private const string ExpectSql = """
        SELECT storage.expect(
            NOT coalesce((
                SELECT bool_or(last.is_suspended) FROM unnest($1::bigint[]) AS payer (participant)
                CROSS JOIN LATERAL (
                    SELECT is_suspended FROM suspensions.changes change
                    WHERE change.participant = payer.participant ORDER BY number DESC LIMIT 1) AS last), false),
            'nobody who is suspended')
        """;

    /// <summary>A participant's number; null where nobody has this id.</summary>
    public async Task<long?> FindNumber(string participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(participant);
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <summary>The number of the suspension that is in force; null where none is.</summary>
    public async Task<int?> FindSuspension(long participant, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSuspensionSql).With(participant);
        return await command.ExecuteScalarAsync(cancellation) as int?;
    }

    /// <summary>Those after a number, in their order.</summary>
    public async Task<ImmutableArray<SuspensionRow>> ReadAfter(int number, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(number);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await Read(row, cancellation);
    }

    /// <summary>The command of <see cref="ReadAfter"/>, whose rows <see cref="Read"/> reads.</summary>
    public static NpgsqlBatchCommand After(int number) => new NpgsqlBatchCommand(ReadSql).With(number);

    public static async Task<ImmutableArray<SuspensionRow>> Read(NpgsqlDataReader row, CancellationToken cancellation)
    {
        var read = ImmutableArray.CreateBuilder<SuspensionRow>();
        while (await row.ReadAsync(cancellation))
        {
            read.Add(new(row.GetInt32(0), row.GetInt64(1), row.GetBoolean(2)));
        }

        return read.DrainToImmutable();
    }

    /// <summary>
    /// The commands that change how somebody stands, of one transaction; a conflict where it stands so already. Whoever is
    /// suspended is told of it in the same transaction.
    /// </summary>
    /// <param name="at">By the economy's clock, as the log's entry has it.</param>
    /// <param name="approval">What waited for a second person; null for a suspension.</param>
    public static IReadOnlyList<NpgsqlBatchCommand> Insert(
        long participant, bool isSuspended, DateTimeOffset at, string by, string reason, Guid? approval) =>
    [
        NumberedRows.Lock(NumberedTable.Suspensions),
        new NpgsqlBatchCommand(InsertSql)
            .With(participant).With(isSuspended).With(at.UtcDateTime).With(by).With(reason)
            .WithNullable(approval, NpgsqlDbType.Uuid),
        new NpgsqlBatchCommand(NotifySql),
    ];

    /// <summary>The command of a commit that takes from participants: a conflict where one of them is suspended.</summary>
    public static NpgsqlBatchCommand ExpectNone(long[] payers) => new NpgsqlBatchCommand(ExpectSql).With(payers);
}

/// <param name="Number">From 1, without a gap.</param>
internal readonly record struct SuspensionRow(int Number, long Participant, bool IsSuspended);

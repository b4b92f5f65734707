using Npgsql;
using NpgsqlTypes;
using Stk.Settlement;
using Stk.Settlement.Deposits;
using Stk.Settlement.Plans;
using Stk.Solana.Keys;
using Stk.Storage;
using Stk.Storage.Sql;

namespace Stk.Grains.Deposits;

/// <summary>
/// Tables <c>settlement.cursors</c> and <c>differences</c>, as whoever reads our token accounts writes them; and what of
/// the acts it has to know.
/// </summary>
internal sealed class CursorTable(NpgsqlDataSource database, SingleCommit commits)
{
    // 1: something has left that none of our acts has moved.
    private const short Outflow = 1;

    private const string ReadSql = "SELECT slot, last, balance_micro FROM settlement.cursors WHERE account = $1";

    // Another who reads may have been here meanwhile: then this one has read for nothing.
    private const string StoreSql = """
        WITH stored AS (
            INSERT INTO settlement.cursors (account, slot, last, balance_micro, minted_micro, read_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            ON CONFLICT (account) DO UPDATE
            SET slot = excluded.slot, last = excluded.last, balance_micro = excluded.balance_micro,
                minted_micro = cursors.minted_micro + excluded.minted_micro, read_at = excluded.read_at
            WHERE cursors.slot = $7 RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM stored) = 1, 'the cursor that was read from')
        """;

    private const string DifferSql = """
        INSERT INTO settlement.differences (id, kind, account, signature, slot, amount_micro, details, found_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    private const string OursSql = "SELECT signature FROM settlement.attempts WHERE signature = ANY ($1)";

    private const string PlansSql = """
        SELECT landed_signature, plan::text FROM settlement.acts
        WHERE state = 4 AND landed_slot IS NOT NULL AND landed_signature = ANY ($1)
        """;

    private const string GenesisSql = "SELECT genesis FROM settlement.state";

    /// <summary>The hash of our chain; null where none is kept yet.</summary>
    public async Task<string?> ReadGenesis(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(GenesisSql);
        return await command.ExecuteScalarAsync(cancellation) as string;
    }

    /// <summary>Up to where an account is read.</summary>
    public async Task<AccountCursor> Read(PublicKey account, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(account.ToString());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(
                account, (ulong)row.GetInt64(0), row.TextOrNull(1) is { } last ? Signature.Parse(last) : null,
                (ulong)row.GetInt64(2))
            : AccountCursor.Begin(account);
    }

    /// <summary>The cursor, and what is found to differ, after the deposits were credited.</summary>
    /// <exception cref="PostgresException">Another has read from the same cursor: nothing was written.</exception>
    public Task Store(DepositReading.Explained read, AccountCursor from, DateTimeOffset now) => commits.Run(
        async attempt =>
        {
            await using var batch = attempt.Begin();
            batch.BatchCommands.Add(new NpgsqlBatchCommand(StoreSql)
                .With(from.Account.ToString()).With((long)read.Cursor.Slot)
                .WithNullable(read.Cursor.Last?.ToString(), NpgsqlDbType.Text).With((long)read.Cursor.BalanceMicro)
                .With((long)read.MintedMicro).With(now.UtcDateTime).With((long)from.Slot));
            foreach (var entry in read.Unexplained)
            {
                batch.BatchCommands.Add(new NpgsqlBatchCommand(DifferSql)
                    .With(SettlementIds.Difference(entry.Signature, from.Account)).With(Outflow)
                    .With(from.Account.ToString()).With(entry.Signature.ToString()).With((long)entry.Slot)
                    .With((long)-entry.ForeignMicro).With(Details(entry)).With(now.UtcDateTime));
            }

            await attempt.Commit(batch, CancellationToken.None);
            return true;
        },
        CancellationToken.None);

    /// <summary>Which of these are of our own acts.</summary>
    public async Task<IReadOnlySet<Signature>> FindOurs(
        IEnumerable<Signature> signatures, CancellationToken cancellation)
    {
        var ours = new HashSet<Signature>();
        await using var command = database.CreateCommand(OursSql).With(Texts(signatures));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            ours.Add(Signature.Parse(row.GetString(0)));
        }

        return ours;
    }

    /// <summary>What those of our acts have moved that two nodes have shown to have landed.</summary>
    public async Task<IReadOnlyDictionary<Signature, ActPlan>> FindLanded(
        IEnumerable<Signature> signatures, CancellationToken cancellation)
    {
        var landed = new Dictionary<Signature, ActPlan>();
        await using var command = database.CreateCommand(PlansSql).With(Texts(signatures));
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            landed.Add(Signature.Parse(row.GetString(0)), ActPlan.FromJson(row.GetString(1)));
        }

        return landed;
    }

    private static string Details(AccountEntry entry) => entry.Receiver is { } receiver
        ? $"It went to {receiver}."
        : "It went to several, or was burned.";

    private static string[] Texts(IEnumerable<Signature> signatures) =>
        [.. signatures.Select(signature => signature.ToString())];
}

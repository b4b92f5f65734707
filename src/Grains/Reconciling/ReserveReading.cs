using Npgsql;
using Stk.Ledger.Sql;
using Stk.Settlement.Reserves;
using Stk.Solana.Vaults;
using Stk.Storage.Sql;

namespace Stk.Grains.Reconciling;

/// <summary>What is known of our accounts, and of the ledger, at one moment of the database. Unit: micro-STK.</summary>
/// <param name="Slot">Up to which both accounts are read.</param>
/// <param name="LastSlot">Up to which one of them is.</param>
internal sealed record ReserveReading(
    ReserveFacts Facts, long Slot, long LastSlot, long Sequence, long IssuedMicro, long LedgerBurnedMicro,
    long SuspenseMicro)
{
    // Kinds of acts: 4 burn, 6 a return. States: 4 landed; 5 failed. One statement: all of one moment.
    private const string ReadSql = $"""
        WITH vault AS (SELECT * FROM settlement.cursors WHERE account = $1),
        payouts AS (SELECT * FROM settlement.cursors WHERE account = $2),
        moved AS (
            SELECT act.kind, act.state, act.is_closed, act.landed_slot, (
                SELECT coalesce(sum((one ->> 'amountMicro')::numeric), 0)
                FROM json_array_elements(act.plan -> 'moves') AS one) AS micro
            FROM settlement.acts act WHERE act.kind IN (1, 4, 6)),
        held AS (SELECT kind, sum(balance_micro) AS micro FROM ledger.accounts GROUP BY kind)
        SELECT least(vault.slot, payouts.slot), greatest(vault.slot, payouts.slot),
            (SELECT coalesce(max(sequence), 0) FROM ledger.commits),
            vault.balance_micro, payouts.balance_micro, vault.minted_micro + payouts.minted_micro,
            (SELECT coalesce(sum(micro), 0)::bigint FROM moved
                WHERE kind = 4 AND state = 4 AND coalesce(landed_slot <= vault.slot, true)),
            (SELECT coalesce(sum(micro), 0)::bigint FROM moved
                WHERE kind = 1 AND state = 4 AND coalesce(landed_slot <= payouts.slot, true)),
            (SELECT coalesce(sum(amount_micro), 0)::bigint FROM settlement.deposits deposit
                JOIN settlement.cursors cursor ON cursor.account = deposit.account AND deposit.slot <= cursor.slot),
            (SELECT coalesce(sum(micro), 0)::bigint FROM moved
                WHERE kind = 6 AND state = 4 AND coalesce(landed_slot <= vault.slot, true)),
            (SELECT coalesce(sum(amount_micro), 0)::bigint FROM settlement.differences WHERE kind = 1),
            (SELECT coalesce(sum(amount_micro), 0)::bigint FROM settlement.differences WHERE kind = 2),
            (SELECT coalesce(sum(amount_micro), 0)::bigint FROM settlement.differences WHERE kind = 3),
            (SELECT coalesce(sum(micro), 0)::bigint FROM moved
                WHERE state NOT IN (4, 5) AND NOT is_closed
                    OR state = 4 AND landed_slot > CASE kind WHEN 1 THEN payouts.slot ELSE vault.slot END),
            -coalesce((SELECT micro FROM held WHERE kind = {SqlAccounts.Issuance}), 0)::bigint,
            coalesce((SELECT micro FROM held WHERE kind = {SqlAccounts.Burned}), 0)::bigint,
            coalesce((SELECT micro FROM held WHERE kind = {SqlAccounts.ChainSuspense}), 0)::bigint
        FROM vault, payouts
        """;

    // Payouts: 3 paid. What a person has got by the chain's acts and given back by its transactions, and by the ledger.
    private const string PersonsSql = $"""
        WITH chain AS (
            SELECT payout.participant, 'sent' AS way, sum((planned ->> 'amountMicro')::numeric) AS micro
            FROM settlement.acts act CROSS JOIN LATERAL json_array_elements(act.plan -> 'payouts') AS planned
            JOIN settlement.payouts payout ON payout.id = (planned ->> 'id')::uuid AND payout.act = act.id
            WHERE act.kind = 1 AND act.state = 4 AND payout.state = 3 GROUP BY payout.participant
            UNION ALL
            SELECT participant, 'received', sum(amount_micro) FROM settlement.deposits
            WHERE state IN (1, 3) GROUP BY participant),
        book AS (
            SELECT account.owner AS participant,
                CASE transaction.kind WHEN {SqlTransactions.Settlement} THEN 'sent' ELSE 'received' END AS way,
                sum(abs(posting.amount_micro)) AS micro
            FROM ledger.transactions transaction
            JOIN ledger.postings posting USING (sequence, position)
            JOIN ledger.accounts account ON account.id = posting.account_id
            WHERE transaction.kind = {SqlTransactions.Settlement} AND account.kind = {SqlAccounts.Settling}
                OR transaction.kind = {SqlTransactions.Deposit} AND account.kind = {SqlAccounts.Available}
            GROUP BY 1, 2)
        SELECT format('Participant %s has %s %s micro-STK by the chain and %s by the ledger; their wallet is %s.',
            participant, way, coalesce(chain.micro, 0), coalesce(book.micro, 0), coalesce((
                SELECT address FROM settlement.wallets wallet WHERE wallet.participant = book.participant
                    OR wallet.participant = chain.participant ORDER BY linked_at DESC LIMIT 1), 'none'))
        FROM chain FULL JOIN book USING (participant, way)
        WHERE coalesce(chain.micro, 0) <> coalesce(book.micro, 0)
        ORDER BY participant LIMIT 20
        """;

    /// <summary>Null where one of our accounts was not read yet.</summary>
    /// <param name="supplyMicro">At a final slot that is not later than what was read.</param>
    public static async Task<ReserveReading?> Read(
        NpgsqlDataSource database, VaultAddresses ours, Int128 supplyMicro, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql)
            .With(ours.VaultTokens.ToString()).With(ours.FloatTokens.ToString());
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new(
                new(
                    supplyMicro, row.GetInt64(3), row.GetInt64(4), row.GetInt64(5), row.GetInt64(6), row.GetInt64(7),
                    row.GetInt64(8), row.GetInt64(9), row.GetInt64(10), row.GetInt64(11), row.GetInt64(12),
                    row.GetInt64(13)),
                row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(14), row.GetInt64(15), row.GetInt64(16))
            : null;
    }

    /// <summary>A sentence for each who has got or given back another sum by the ledger than by the chain's acts.</summary>
    public static async Task<IReadOnlyList<string>> ReadPersons(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var differing = new List<string>();
        await using var command = database.CreateCommand(PersonsSql);
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            differing.Add(row.GetString(0));
        }

        return differing;
    }
}

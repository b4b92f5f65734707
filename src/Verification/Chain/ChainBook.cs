using System.Collections.Immutable;
using Npgsql;
using Stk.Ledger.Sql;
using Stk.Ledger.Verify;
using Stk.Storage.Sql;

namespace Stk.Verification.Chain;

/// <summary>What the ledger and settlement's rows say has happened on chain, at one moment. Unit: micro-STK.</summary>
/// <param name="Genesis">Of the chain that was settled on; null before.</param>
/// <param name="Slots">Up to which each of our token accounts is read.</param>
/// <param name="Moves">By landed act's signature, and by token account.</param>
/// <param name="OpenSignatures">Of acts that have not ended: they may have landed or not.</param>
/// <param name="Arrivals">By signature and our token account: what was credited, or below zero, what has left.</param>
/// <param name="Persons">What each has got and given back, by the journal.</param>
internal sealed record ChainBook(
    string? Genesis, ImmutableDictionary<string, ulong> Slots, ulong LastSlot,
    ImmutableDictionary<string, ImmutableArray<BookMove>> Moves, ImmutableHashSet<string> OpenSignatures,
    ImmutableDictionary<(string Signature, string Account), BookArrival> Arrivals, ImmutableArray<BookPerson> Persons)
{
    private const string HeadSql = """
        SELECT genesis, coalesce((SELECT max(landed_slot) FROM settlement.acts WHERE is_closed), 0) FROM settlement.state
        """;

    private const string CursorsSql = "SELECT account, slot FROM settlement.cursors";

    // States of acts: 4 landed. What an operator has said to have landed is there too.
    private const string MovesSql = """
        WITH landed AS (
            SELECT id, landed_signature, plan FROM settlement.acts WHERE state = 4 AND is_closed),
        moved AS (
            SELECT landed.id, landed_signature AS signature, side.account,
                side.sign * (move ->> 'amountMicro')::numeric AS micro
            FROM landed CROSS JOIN LATERAL json_array_elements(plan -> 'moves') AS move
            CROSS JOIN LATERAL (VALUES (move ->> 'from', -1), (move ->> 'to', 1)) AS side (account, sign)
            WHERE side.account IS NOT NULL),
        payee AS (
            SELECT landed.id, planned ->> 'account' AS account, min(payout.participant) AS participant
            FROM landed CROSS JOIN LATERAL json_array_elements(plan -> 'payouts') AS planned
            JOIN settlement.payouts payout ON payout.id = (planned ->> 'id')::uuid AND payout.act = landed.id
            GROUP BY 1, 2)
        SELECT moved.signature, moved.account, sum(moved.micro)::bigint, min(payee.participant), moved.id
        FROM moved LEFT JOIN payee USING (id, account) GROUP BY moved.id, moved.signature, moved.account
        """;

    private const string OpenSql = """
        SELECT signature FROM settlement.attempts attempt JOIN settlement.acts act ON act.id = attempt.act
        WHERE NOT act.is_closed
        """;

    // Deposits: 1 credited, 3 assigned. Differences: 1 something has left.
    private const string ArrivalsSql = """
        SELECT signature, account, amount_micro, CASE WHEN state IN (1, 3) THEN participant END, 'deposit ' || id
        FROM settlement.deposits
        UNION ALL
        SELECT signature, account, -amount_micro, NULL, 'difference ' || id FROM settlement.differences WHERE kind = 1
        """;

    private const string PersonsSql = $"""
        SELECT account.owner,
            coalesce(sum(-posting.amount_micro) FILTER (WHERE transaction.kind = {SqlTransactions.Settlement}), 0)::bigint,
            coalesce(sum(posting.amount_micro) FILTER (WHERE transaction.kind = {SqlTransactions.Deposit}), 0)::bigint
        FROM ledger.transactions transaction
        JOIN ledger.postings posting USING (sequence, position)
        JOIN ledger.accounts account ON account.id = posting.account_id
        WHERE transaction.kind = {SqlTransactions.Settlement} AND account.kind = {SqlAccounts.Settling}
            OR transaction.kind = {SqlTransactions.Deposit} AND account.kind = {SqlAccounts.Available}
        GROUP BY account.owner
        """;

    public static async Task<ChainBook> Read(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var snapshot = await Snapshot.Take(database, cancellation);
        var head = await Rows(
            snapshot, HeadSql, row => (Genesis: row.TextOrNull(0), Slot: (ulong)row.GetInt64(1)), cancellation);
        var slots = await Rows(snapshot, CursorsSql, row => (row.GetString(0), (ulong)row.GetInt64(1)), cancellation);
        var moves = await Rows(
            snapshot, MovesSql,
            row => (
                Signature: row.GetString(0),
                Move: new BookMove(row.GetGuid(4), row.GetString(1), row.GetInt64(2), row.LongOrNull(3))),
            cancellation);
        var open = await Rows(snapshot, OpenSql, row => row.GetString(0), cancellation);
        var arrivals = await Rows(
            snapshot, ArrivalsSql,
            row => (
                Place: (row.GetString(0), row.GetString(1)),
                What: new BookArrival(row.GetString(4), row.GetInt64(2), row.LongOrNull(3))),
            cancellation);
        var persons = await Rows(
            snapshot, PersonsSql, row => new BookPerson(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2)), cancellation);
        return new(
            head.FirstOrDefault().Genesis, slots.ToImmutableDictionary(one => one.Item1, one => one.Item2),
            slots.Select(one => one.Item2).Append(head.FirstOrDefault().Slot).Max(),
            moves.GroupBy(one => one.Signature).ToImmutableDictionary(
                same => same.Key, same => same.Select(one => one.Move).ToImmutableArray()),
            [.. open], arrivals.ToImmutableDictionary(one => one.Place, one => one.What), [.. persons]);
    }

    private static async Task<List<T>> Rows<T>(
        Snapshot snapshot, string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancellation)
    {
        var rows = new List<T>();
#pragma warning disable CA2100 // All of them are constant.
        await using var command = new NpgsqlCommand(sql, snapshot.Connection) { CommandTimeout = 0 };
#pragma warning restore CA2100
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            rows.Add(read(row));
        }

        return rows;
    }
}

/// <param name="Participant">Whose token account it is; null for one of ours, and for what is sent back.</param>
internal sealed record BookMove(Guid Act, string Account, long Micro, long? Participant);

/// <param name="What">Its row, for whoever reads a mismatch.</param>
/// <param name="Participant">To whom it was credited; null for nobody.</param>
internal sealed record BookArrival(string What, long Micro, long? Participant);

internal sealed record BookPerson(long Participant, long SentMicro, long ReceivedMicro);

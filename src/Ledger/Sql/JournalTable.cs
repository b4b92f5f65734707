using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Ledger.Sql;

internal readonly record struct TransactionRow(
    Guid Id, int Position, TransactionKind Kind, string Reference, Digest ContentHash, Digest? EffectsHash);

internal readonly record struct PostingRow(int Position, int Line, long AccountId, long AmountMicro, long BalanceAfter);

/// <summary>ledger.commits, transactions and postings: written once, never changed.</summary>
internal static class JournalTable
{
    private const string KnownSql =
        "SELECT id, content_hash, sequence, position FROM ledger.transactions WHERE id = ANY ($1)";

    private const string TransactionsSql = """
        SELECT t.id, t.kind, t.reference, t.content_hash, t.sequence, t.position, c.at,
            a.kind, a.owner, p.amount_micro, p.balance_after
        FROM ledger.transactions t
        JOIN ledger.commits c ON c.sequence = t.sequence
        JOIN ledger.postings p ON p.sequence = t.sequence AND p.position = t.position
        JOIN ledger.accounts a ON a.id = p.account_id
        WHERE t.id = ANY ($1)
        ORDER BY t.sequence, t.position, p.line
        """;

    private const string InsertCommitSql =
        "INSERT INTO ledger.commits (sequence, at, hash, transactions, signature) VALUES ($1, $2, $3, $4, $5)";

    private const string InsertTransactionsSql = """
        INSERT INTO ledger.transactions (sequence, id, position, kind, reference, content_hash, effects_hash)
        SELECT $1, made.* FROM unnest(
            $2::uuid[], $3::integer[], $4::smallint[], $5::text[], $6::bytea[], $7::bytea[]) AS made
        """;

    private const string InsertPostingsSql = """
        INSERT INTO ledger.postings (sequence, position, line, account_id, amount_micro, balance_after)
        SELECT $1, made.* FROM unnest(
            $2::integer[], $3::integer[], $4::bigint[], $5::bigint[], $6::bigint[]) AS made
        """;

    // The newest of each account apart, by index; then the newest of all. A commit is never before the one before it, so
    // two instants are two sequences.
    private const string HistorySql = """
        WITH span AS MATERIALIZED (
            SELECT
                CASE WHEN $8 IS NULL THEN 0 ELSE coalesce(
                    (SELECT sequence FROM ledger.commits WHERE at >= $8 ORDER BY at, sequence LIMIT 1),
                    9223372036854775807) END AS first,
                CASE WHEN $9 IS NULL THEN 9223372036854775807 ELSE coalesce(
                    (SELECT sequence FROM ledger.commits WHERE at < $9 ORDER BY at DESC, sequence DESC LIMIT 1),
                    0) END AS last)
        SELECT p.sequence, p.position, p.line, p.id, p.kind, p.reference, c.at, a.kind, a.owner, p.amount_micro,
            p.balance_after
        FROM unnest($1::smallint[], $2::bigint[]) AS asked (kind, owner)
        JOIN ledger.accounts a ON a.kind = asked.kind AND a.owner = asked.owner
        CROSS JOIN LATERAL (
            SELECT posting.*, t.id, t.kind, t.reference FROM ledger.postings posting
            JOIN ledger.transactions t ON t.sequence = posting.sequence AND t.position = posting.position
            WHERE posting.account_id = a.id AND (posting.sequence, posting.position, posting.line) < ($3, $4, $5)
                AND posting.sequence >= (SELECT first FROM span) AND posting.sequence <= (SELECT last FROM span)
                AND ($7::smallint IS NULL OR t.kind = $7)
            ORDER BY posting.sequence DESC, posting.position DESC, posting.line DESC LIMIT $6) p
        JOIN ledger.commits c ON c.sequence = p.sequence
        ORDER BY p.sequence DESC, p.position DESC, p.line DESC LIMIT $6
        """;

    // A look-up in an index for each day and account: how long the history is does not matter.
    private const string DayEndsSql = """
        SELECT coalesce(last.balance_after, 0)
        FROM (
            SELECT day, (
                SELECT sequence FROM ledger.commits WHERE at < over ORDER BY at DESC, sequence DESC LIMIT 1) AS sequence
            FROM unnest($3::timestamptz[]) WITH ORDINALITY AS listed (over, day)) ended
        CROSS JOIN unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS asked (kind, owner, place)
        LEFT JOIN ledger.accounts a ON a.kind = asked.kind AND a.owner = asked.owner
        LEFT JOIN LATERAL (
            SELECT balance_after FROM ledger.postings posting
            WHERE posting.account_id = a.id AND posting.sequence <= ended.sequence
            ORDER BY posting.sequence DESC, posting.position DESC, posting.line DESC LIMIT 1) last ON true
        ORDER BY ended.day, asked.place
        """;

    // The commits are gapless and become visible in order, so a follower that asks from the last one misses none.
    private const string ChangesSql = """
        SELECT a.kind, a.owner, last.balance_after, last.sequence
        FROM (
            SELECT DISTINCT ON (account_id) account_id, balance_after, sequence, position, line FROM ledger.postings
            WHERE sequence > $1 AND sequence <= $1 + $2
            ORDER BY account_id, sequence DESC, position DESC, line DESC) last
        JOIN ledger.accounts a ON a.id = last.account_id
        ORDER BY last.sequence, last.position, last.line
        """;

    public static NpgsqlBatchCommand Known(Guid[] ids) => new NpgsqlBatchCommand(KnownSql).With(ids);

    /// <summary>Whether any of the ids is in the journal.</summary>
    public static async Task<List<Guid>> KnownIds(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var known = new List<Guid>();
        while (await reader.ReadAsync(cancellation))
        {
            known.Add(reader.GetGuid(0));
        }

        return known;
    }

    public static NpgsqlBatchCommand InsertCommit(HeadRow head, int transactions, byte[] signature) =>
        new NpgsqlBatchCommand(InsertCommitSql)
            .With(head.Sequence).With(head.At.UtcDateTime).With(head.Hash.ToArray()).With(transactions).With(signature);

    public static NpgsqlBatchCommand InsertTransactions(long sequence, IReadOnlyList<TransactionRow> rows) =>
        new NpgsqlBatchCommand(InsertTransactionsSql)
            .With(sequence)
            .With(rows.Column(row => row.Id))
            .With(rows.Column(row => row.Position))
            .With(rows.Column(row => (short)row.Kind))
            .With(rows.Column(row => row.Reference))
            .With(rows.Column(row => row.ContentHash.ToArray()))
            .With(rows.Column(row => row.EffectsHash?.ToArray()));

    public static NpgsqlBatchCommand InsertPostings(long sequence, IReadOnlyList<PostingRow> rows) =>
        new NpgsqlBatchCommand(InsertPostingsSql)
            .With(sequence)
            .With(rows.Column(row => row.Position))
            .With(rows.Column(row => row.Line))
            .With(rows.Column(row => row.AccountId))
            .With(rows.Column(row => row.AmountMicro))
            .With(rows.Column(row => row.BalanceAfter));

    /// <summary>Those of the ids that are in the journal, in its order.</summary>
    public static async Task<List<JournalTransaction>> Find(
        NpgsqlConnection connection, Guid[] ids, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(TransactionsSql, connection).With(ids);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<JournalTransaction>();
        var lines = ImmutableArray.CreateBuilder<PostedLine>();
        JournalTransaction? current = null;
        while (await reader.ReadAsync(cancellation))
        {
            if (current?.Id != reader.GetGuid(0))
            {
                Close();
                current = new(
                    reader.GetGuid(0), (TransactionKind)reader.GetInt16(1), reader.GetString(2),
                    new(reader.GetFieldValue<byte[]>(3)),
                    new(reader.GetInt64(4), reader.GetInt32(5), reader.Instant(6), []));
            }

            lines.Add(new(
                new((AccountKind)reader.GetInt16(7), reader.GetInt64(8)), new(reader.GetInt64(9)),
                new(reader.GetInt64(10))));
        }

        Close();
        return found;

        void Close()
        {
            if (current is not null)
            {
                found.Add(current with { Receipt = current.Receipt with { Lines = lines.DrainToImmutable() } });
            }
        }
    }

    public static async Task<ImmutableArray<HistoryLine>> History(
        NpgsqlConnection connection, IReadOnlyList<AccountId> accounts, HistoryCursor before, int limit,
        HistoryFilter filter, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(HistorySql, connection)
            .With(accounts.Column(account => (short)account.Kind)).With(accounts.Column(account => account.Owner))
            .With(before.Sequence).With(before.Position).With(before.Line).With(limit)
            .WithNullable((short?)filter.Kind, NpgsqlDbType.Smallint)
            .WithNullable(filter.From?.UtcDateTime, NpgsqlDbType.TimestampTz)
            .WithNullable(filter.Below?.UtcDateTime, NpgsqlDbType.TimestampTz);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var lines = ImmutableArray.CreateBuilder<HistoryLine>();
        while (await reader.ReadAsync(cancellation))
        {
            lines.Add(new(
                new(reader.GetInt64(0), reader.GetInt32(1), reader.GetInt32(2)), reader.GetGuid(3),
                (TransactionKind)reader.GetInt16(4), reader.GetString(5), reader.Instant(6),
                new((AccountKind)reader.GetInt16(7), reader.GetInt64(8)), new(reader.GetInt64(9)),
                new(reader.GetInt64(10))));
        }

        return lines.DrainToImmutable();
    }

    public static async Task<ImmutableArray<Amount>> DayEnds(
        NpgsqlConnection connection, IReadOnlyList<AccountId> accounts, DateOnly from, DateOnly to,
        CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(DayEndsSql, connection)
            .With(accounts.Column(account => (short)account.Kind)).With(accounts.Column(account => account.Owner))
            // Listed here: the first of all days is -infinity to the database, and a series from there has no end.
            .With(Enumerable.Range(1, to.DayNumber - from.DayNumber + 1)
                .Select(day => from.AddDays(day).ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc)).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var balances = ImmutableArray.CreateBuilder<Amount>();
        while (await reader.ReadAsync(cancellation))
        {
            balances.Add(new(reader.GetInt64(0)));
        }

        return balances.DrainToImmutable();
    }

    public static async Task<ImmutableArray<AccountState>> Changes(
        NpgsqlConnection connection, long afterSequence, int commitsMax, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ChangesSql, connection).With(afterSequence).With((long)commitsMax);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var changes = ImmutableArray.CreateBuilder<AccountState>();
        while (await reader.ReadAsync(cancellation))
        {
            changes.Add(new(
                new((AccountKind)reader.GetInt16(0), reader.GetInt64(1)), new(reader.GetInt64(2)),
                reader.GetInt64(3)));
        }

        return changes.DrainToImmutable();
    }
}

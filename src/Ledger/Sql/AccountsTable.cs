using System.Collections.Immutable;
using Npgsql;
using Stk.Ledger.Accounts;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Ledger.Sql;

/// <param name="Sequence">Of the last commit that touched it.</param>
internal readonly record struct AccountRow(long Id, AccountId Account, Amount Balance, long Sequence);

/// <summary>A new balance for an account that was read at a sequence; that of a new account is 0.</summary>
internal readonly record struct AccountChange(long Id, AccountId Account, Amount Balance, long ReadSequence);

internal static class AccountsTable
{
    // OFFSET keeps the look-up inside: a plan made while the table was empty would walk all accounts, and for each the
    // whole list that is asked for (650 ms for 1,900 of 20,000, against 5).
    private const string ReadSql = """
        SELECT a.id, a.kind, a.owner, a.balance_micro, a.sequence
        FROM unnest($1::smallint[], $2::bigint[]) AS asked (kind, owner)
        CROSS JOIN LATERAL (
            SELECT * FROM ledger.accounts WHERE kind = asked.kind AND owner = asked.owner OFFSET 0) a
        """;

    private const string StatesSql = """
        SELECT coalesce(a.balance_micro, 0), coalesce(a.sequence, 0)
        FROM unnest($1::smallint[], $2::bigint[]) WITH ORDINALITY AS asked (kind, owner, place)
        LEFT JOIN ledger.accounts a ON a.kind = asked.kind AND a.owner = asked.owner
        ORDER BY asked.place
        """;

    private const string InsertSql = """
        INSERT INTO ledger.accounts (id, kind, owner, balance_micro, sequence)
        SELECT made.*, $5 FROM unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bigint[]) AS made
        """;

    // One table and no join, so that there is no order of a join to get wrong. $1 ascends: width_bucket is then the place of
    // an id in it, found by halves; a row found at a wrong place is not changed, and then the count is wrong.
    private const string UpdateSql = """
        WITH updated AS (
            UPDATE ledger.accounts SET balance_micro = ($2::bigint[])[width_bucket(id, $1::bigint[])], sequence = $4
            WHERE id = ANY ($1) AND ($1)[width_bucket(id, $1)] = id
                AND sequence = ($3::bigint[])[width_bucket(id, $1)]
            RETURNING 1)
        SELECT storage.expect_rows('ledger.accounts', (SELECT count(*) FROM updated), cardinality($1))
        """;

    // A sum of bigint is numeric; it fits, because all are parts of what was issued.
    private const string SupplySql = """
        SELECT h.sequence, a.kind, a.sum FROM ledger.head h
        LEFT JOIN (SELECT kind, sum(balance_micro)::bigint FROM ledger.accounts GROUP BY kind) AS a (kind, sum) ON true
        """;

    private const string HoldingsSql = $"""
        SELECT owner, sum(balance_micro)::bigint FROM ledger.accounts
        WHERE kind IN ({SqlAccounts.Available}, {SqlAccounts.Frozen}, {SqlAccounts.Settling}) AND balance_micro > 0
        GROUP BY owner
        """;

    public static async Task<ImmutableArray<(long Participant, Amount Balance)>> Holdings(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(HoldingsSql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var holdings = ImmutableArray.CreateBuilder<(long, Amount)>();
        while (await reader.ReadAsync(cancellation))
        {
            holdings.Add((reader.GetInt64(0), new(reader.GetInt64(1))));
        }

        return holdings.DrainToImmutable();
    }

    public static NpgsqlBatchCommand Read(IReadOnlyList<AccountId> accounts) =>
        new NpgsqlBatchCommand(ReadSql)
            .With(accounts.Column(account => (short)account.Kind)).With(accounts.Column(account => account.Owner));

    public static async Task<Dictionary<AccountId, AccountRow>> Rows(
        NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var rows = new Dictionary<AccountId, AccountRow>();
        while (await reader.ReadAsync(cancellation))
        {
            var account = new AccountId((AccountKind)reader.GetInt16(1), reader.GetInt64(2));
            rows.Add(account, new(reader.GetInt64(0), account, new(reader.GetInt64(3)), reader.GetInt64(4)));
        }

        return rows;
    }

    public static NpgsqlBatchCommand Insert(IReadOnlyList<AccountChange> made, long sequence) =>
        new NpgsqlBatchCommand(InsertSql)
            .With(made.Column(row => row.Id))
            .With(made.Column(row => (short)row.Account.Kind))
            .With(made.Column(row => row.Account.Owner))
            .With(made.Column(row => row.Balance.Micro))
            .With(sequence);

    public static NpgsqlBatchCommand Update(IReadOnlyList<AccountChange> changed, long sequence)
    {
        var ascending = changed.OrderBy(row => row.Id).ToArray();
        return new NpgsqlBatchCommand(UpdateSql)
            .With(ascending.Column(row => row.Id))
            .With(ascending.Column(row => row.Balance.Micro))
            .With(ascending.Column(row => row.ReadSequence))
            .With(sequence);
    }

    public static async Task<ImmutableArray<AccountState>> States(
        NpgsqlConnection connection, IReadOnlyList<AccountId> accounts, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(StatesSql, connection)
            .With(accounts.Column(account => (short)account.Kind)).With(accounts.Column(account => account.Owner));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var states = ImmutableArray.CreateBuilder<AccountState>(accounts.Count);
        while (await reader.ReadAsync(cancellation))
        {
            states.Add(new(accounts[states.Count], new(reader.GetInt64(0)), reader.GetInt64(1)));
        }

        return states.MoveToImmutable();
    }

    public static async Task<LedgerSupply> Supply(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(SupplySql, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var sequence = 0L;
        var sums = ImmutableDictionary.CreateBuilder<AccountKind, Amount>();
        while (await reader.ReadAsync(cancellation))
        {
            sequence = reader.GetInt64(0);
            if (!await reader.IsDBNullAsync(1, cancellation))
            {
                sums.Add((AccountKind)reader.GetInt16(1), new(reader.GetInt64(2)));
            }
        }

        return new(sequence, sums.ToImmutable());
    }
}

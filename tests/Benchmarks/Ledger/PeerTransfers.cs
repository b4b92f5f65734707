using Npgsql;

namespace Stk.Benchmarks.Ledger;

/// <summary>
/// The same transfer as a team would otherwise write it: two accounts, a transaction and two postings with the balance
/// after each, exact and durable, a row lock on each account in order.
/// </summary>
internal sealed class PeerTransfers(NpgsqlDataSource database)
{
    public const string Schema = """
        CREATE SCHEMA peer;
        CREATE TABLE peer.accounts (id bigint PRIMARY KEY, balance bigint NOT NULL CHECK (balance >= 0)) WITH (fillfactor = 70);
        CREATE TABLE peer.transactions (id uuid PRIMARY KEY, at timestamptz NOT NULL DEFAULT now());
        CREATE TABLE peer.postings (
            transaction_id uuid NOT NULL, line smallint NOT NULL, account_id bigint NOT NULL, amount bigint NOT NULL,
            balance_after bigint NOT NULL, PRIMARY KEY (transaction_id, line));
        CREATE INDEX postings_by_account ON peer.postings (account_id);
        CREATE FUNCTION peer.transfer(transfer uuid, payer bigint, payee bigint, amount bigint) RETURNS boolean
        LANGUAGE plpgsql AS $body$
        DECLARE payer_after bigint; payee_after bigint;
        BEGIN
            PERFORM FROM peer.accounts WHERE id IN (payer, payee) ORDER BY id FOR UPDATE;
            UPDATE peer.accounts SET balance = balance - amount WHERE id = payer AND balance >= amount
                RETURNING balance INTO payer_after;
            IF payer_after IS NULL THEN RETURN false; END IF;
            UPDATE peer.accounts SET balance = balance + amount WHERE id = payee RETURNING balance INTO payee_after;
            INSERT INTO peer.transactions (id) VALUES (transfer);
            INSERT INTO peer.postings VALUES (transfer, 0, payer, -amount, payer_after), (transfer, 1, payee, amount, payee_after);
            RETURN true;
        END
        $body$;
        """;

    /// <summary>BEGIN, lock, updates, inserts, COMMIT: a round trip each, every statement prepared.</summary>
    public async Task<bool> ByTransaction(Guid id, long from, long to, long micro)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Execute(connection, "SELECT id FROM peer.accounts WHERE id IN ($1, $2) ORDER BY id FOR UPDATE", from, to);
        var fromAfter = await Execute(
            connection, "UPDATE peer.accounts SET balance = balance - $1 WHERE id = $2 AND balance >= $1 RETURNING balance", micro, from);
        if (fromAfter is not long paid)
        {
            return false;
        }

        var toAfter = (long)(await Execute(
            connection, "UPDATE peer.accounts SET balance = balance + $1 WHERE id = $2 RETURNING balance", micro, to))!;
        await Execute(connection, "INSERT INTO peer.transactions (id) VALUES ($1)", id);
        await Execute(
            connection, "INSERT INTO peer.postings VALUES ($1, 0, $2, -$3::bigint, $4), ($1, 1, $5, $3, $6)",
            id, from, micro, paid, to, toAfter);
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>The strongest simple thing: one call of an SQL function, one round trip.</summary>
    public async Task<bool> ByFunction(Guid id, long from, long to, long micro)
    {
        await using var connection = await database.OpenConnectionAsync();
        return (bool)(await Execute(connection, "SELECT peer.transfer($1, $2, $3, $4)", id, from, to, micro))!;
    }

    private static async Task<object?> Execute(NpgsqlConnection connection, string sql, params object[] values)
    {
#pragma warning disable CA2100 // One of the constants above.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return await command.ExecuteScalarAsync();
    }
}

using Npgsql;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Tests.Books;
using Stk.Ledger.Verify;
using Stk.Testing;
using Xunit;

namespace Stk.Ledger.Tests.Writer;

[Collection(BookCollection.Name)]
public sealed class TwoWritersTests(BookServer server)
{
    private const int Accounts = 50;

    [Fact]
    public async Task Two_writers_on_50_hot_accounts_never_fork_and_never_deadlock()
    {
        await using var book = await server.NewBook();
        ILedger[] ledgers = [book.Open(), book.Open()];
        long[] participants = [.. Enumerable.Range(1, Accounts).Select(number => (long)number)];
        await ledgers[0].Post(Sample.GrantAll("start", participants, micro: 100));

        // 40 tellers, half at each writer, each transferring one thing after the other.
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async teller =>
        {
            var random = new Random(teller);
            for (var i = 0; i < 50; i++)
            {
                var (from, to) = (random.Next(1, Accounts + 1), random.Next(1, Accounts + 1));
                var result = await ledgers[teller % 2].Post(
                    Sample.Transfer($"{teller}/{i}", from, to, random.Next(1, 80)));
                if (result.Objection is { } reason)
                {
                    Assert.Equal(Refusal.InsufficientFunds, reason);
                    Interlocked.Increment(ref refused);
                }
            }
        }));

        await using var database = NpgsqlDataSource.Create(book.Storage.ConnectionString);
        var verified = await new LedgerVerifier(database, []).Run();
        Assert.Null(verified.Fault);
        Assert.Equal(1 + 2_000 - refused, verified.Transactions);
        Assert.InRange(refused, 1, 1_999);
        // Neither a deadlock nor a row count that did not fit: either would have been retried.
        Assert.Empty(book.Log.Events);
    }

    [Fact]
    public async Task A_writer_that_waited_for_the_head_sees_the_balances_of_the_commit_it_waited_for()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));

        // Another writer, between its two round trips: it has the head and will empty the account.
        await using var other = new NpgsqlConnection(book.Superuser);
        await other.OpenAsync();
        await using var spending = await other.BeginTransactionAsync();
        await Execute(other, "SELECT * FROM ledger.head FOR UPDATE");
        var waiting = ledger.Post(Sample.Transfer("lunch", from: 1, to: 2, micro: 100));
        await Eventually.Get(
            () => book.Ask<long>("SELECT count(*) FROM pg_locks WHERE NOT granted"),
            until: count => count > 0, "the post waits for the head");
        await Execute(other, """
            UPDATE ledger.accounts SET balance_micro = 0, sequence = 2 WHERE kind = 6 AND owner = 1;
            UPDATE ledger.head SET sequence = 2
            """);
        await spending.CommitAsync();

        Assert.Equal(Refusal.InsufficientFunds, (await waiting).Objection);
        Assert.Empty(book.Log.Events);
    }

    [Fact]
    public async Task A_row_count_that_does_not_fit_rolls_back_and_the_batch_runs_again()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));
        // Once, the update of an account passes over its row, as it would over one that had changed since it was read.
        await book.Execute("""
            CREATE SEQUENCE ledger.misses;
            CREATE FUNCTION ledger.miss() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
            BEGIN
                RETURN CASE WHEN nextval('ledger.misses') = 1 THEN NULL ELSE NEW END;
            END
            $body$;
            CREATE TRIGGER miss BEFORE UPDATE ON ledger.accounts FOR EACH ROW EXECUTE FUNCTION ledger.miss()
            """);

        var result = await ledger.Post(Sample.Transfer("lunch", from: 1, to: 2, micro: 60));

        Assert.Equal([(AccountId.Available(1), 40), (AccountId.Available(2), 60)], result.Receipt!.Balances());
        Assert.Contains("storage.commit.retried: STK01", Assert.Single(book.Log.Events), StringComparison.Ordinal);
        await using var database = NpgsqlDataSource.Create(book.Storage.ConnectionString);
        Assert.Null((await new LedgerVerifier(database, []).Run()).Fault);
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
#pragma warning disable CA2100 // Tests write their own SQL.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}

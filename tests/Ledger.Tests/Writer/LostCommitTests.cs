using Npgsql;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Tests.Books;
using Stk.Ledger.Verify;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Storage;
using Stk.Testing;
using Xunit;

namespace Stk.Ledger.Tests.Writer;

[Collection(BookCollection.Name)]
public sealed class LostCommitTests(BookServer server)
{
    [Theory]
    [InlineData(Cut.BeforeRequest)]
    [InlineData(Cut.AfterRequest)]
    [InlineData(Cut.BeforeAnswer)]
    public async Task A_commit_lost_on_the_wire_is_settled_by_posting_again_and_moves_money_once(Cut cut)
    {
        await using var book = await server.NewBook();
        await using var proxy = new TcpProxy(server.Port);
        var ledger = book.Open(Through(proxy, book));
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));
        proxy.CutAt("marked", cut);

        var result = await ledger.Post(Marked("lunch"));

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal([(AccountId.Available(1), 40), (AccountId.Available(2), 60)], result.Receipt!.Balances());
        Assert.Equal(
            [new Amount(40), new Amount(60)],
            (await ledger.GetBalances([AccountId.Available(1), AccountId.Available(2)]))
                .Select(state => state.Balance));
        await using var database = NpgsqlDataSource.Create(book.Storage.ConnectionString);
        var verified = await new LedgerVerifier(database, []).Run();
        Assert.Null(verified.Fault);
        Assert.Equal(2, verified.Transactions);
    }

    [Theory]
    [InlineData(Cut.BeforeRequest)]
    [InlineData(Cut.BeforeAnswer)]
    public async Task What_stays_unknown_is_called_so_and_the_same_id_resolves_it_later(Cut cut)
    {
        await using var book = await server.NewBook();
        book.Options.RetryForMs = 300;
        await using var proxy = new TcpProxy(server.Port);
        var ledger = book.Open(Through(proxy, book));
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));
        proxy.CutAt("marked", cut, isLast: true);

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => ledger.Post(Marked("lunch")));

        var later = await book.Open().Post(Marked("lunch"));
        Assert.Equal(cut == Cut.BeforeAnswer, later is PostResult.Repeated);
        Assert.Equal([(AccountId.Available(1), 40), (AccountId.Available(2), 60)], later.Receipt!.Balances());
    }

    [Fact]
    public async Task A_terminated_backend_costs_a_retry_and_no_answer()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));
        await book.Execute("""
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """);

        Assert.Null((await ledger.Post(Marked("lunch"))).Objection);
    }

    [Fact]
    public async Task An_effect_that_cannot_be_written_fails_its_own_transaction_and_no_neighbour()
    {
        await using var book = await server.NewBook();
        await Note.CreateTable(book);
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));

        var posts = Enumerable.Range(0, 9)
            .Select(i => ledger.Post(Sample.Transfer($"{i}", 1, 2, 1, new Note(i == 4 ? "poison" : "fine"))))
            .ToArray();

        var failure = await Assert.ThrowsAsync<PostgresException>(() => posts[4]);
        Assert.Equal(PostgresErrorCodes.CheckViolation, failure.SqlState);
        foreach (var i in new[] { 0, 1, 2, 3, 5, 6, 7, 8 })
        {
            Assert.Null((await posts[i]).Objection);
        }

        Assert.Equal(8, await book.Ask<long>("SELECT count(*) FROM test.notes"));
        Assert.Equal(new Amount(92), (await ledger.GetBalances([AccountId.Available(1)]))[0].Balance);
        Assert.Null(await ledger.Find(Sample.Transfer("4", 1, 2, 1).Id));
    }

    [Fact]
    public async Task Effects_are_written_only_where_the_transaction_is_accepted_and_once()
    {
        await using var book = await server.NewBook();
        await Note.CreateTable(book);
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));
        var lunch = Sample.Transfer("lunch", 1, 2, 60, new Note("lunch"));

        await ledger.Post(lunch);
        await ledger.Post(lunch);
        await ledger.Post(Sample.Transfer("dinner", 1, 2, 60, new Note("dinner")));

        Assert.Equal("lunch", await book.Ask<string>("SELECT string_agg(text, ',') FROM test.notes"));
    }

    // In the same request as COMMIT, and in none before it.
    private static Transaction Marked(string cause) => new(
        CauseId.Of(cause), TransactionKind.Transfer, "marked",
        [new(AccountId.Available(1), new(-60)), new(AccountId.Available(2), new(60))]);

    private static StorageOptions Through(TcpProxy proxy, Book book) => new()
    {
        ConnectionString = new NpgsqlConnectionStringBuilder(book.Storage.ConnectionString)
        {
            Port = proxy.Port,
            // Else the marked text could not be read on the wire.
            SslMode = SslMode.Disable,
        }.ConnectionString,
    };
}

using Npgsql;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Tests.Books;
using Stk.Rules.Money;
using Stk.Testing;
using Xunit;

namespace Stk.Ledger.Tests.Writer;

[Collection(BookCollection.Name)]
public sealed class ReadTests(BookServer server)
{
    [Fact]
    public async Task History_is_newest_first_and_pages_without_gap_or_repeat()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));
        for (var i = 0; i < 5; i++)
        {
            // Two accounts of one owner in one transaction: a page may end between them.
            await ledger.Post(Sample.Of($"{i}", (AccountId.Available(1), -10), (AccountId.Frozen(1), 10)));
        }

        AccountId[] accounts = [AccountId.Available(1), AccountId.Frozen(1), AccountId.Settling(1)];
        var all = await ledger.GetHistory(accounts, before: null, limit: 100);
        var paged = new List<HistoryLine>();
        for (HistoryCursor? cursor = null; ;)
        {
            var page = await ledger.GetHistory(accounts, cursor, limit: 4);
            paged.AddRange(page);
            if (page.Length < 4)
            {
                break;
            }

            cursor = page[^1].Cursor;
        }

        Assert.Equal(11, all.Length);
        Assert.Equal(all.AsEnumerable(), paged);
        Assert.Equal(
            (AccountId.Frozen(1), new Amount(10), new Amount(50), 6),
            (all[0].Account, all[0].Amount, all[0].BalanceAfter, all[0].Cursor.Sequence));
        Assert.Equal(
            (Sample.Grant("start", 1, 100).Id, TransactionKind.Emission, "2025-12-18", book.Clock.Now),
            (all[^1].TransactionId, all[^1].Kind, all[^1].Reference, all[^1].At));
    }

    [Fact]
    public async Task A_history_can_be_asked_for_a_kind_and_a_span_of_time()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));
        var start = book.Clock.Now;
        for (var i = 1; i <= 3; i++)
        {
            book.Clock.Now = start.AddHours(i);
            await ledger.Post(Sample.Transfer($"{i}", 1, 2, i));
        }

        Assert.Equal([-3, -2, -1], await Amounts(new(Kind: TransactionKind.Transfer)));
        Assert.Equal([100], await Amounts(new(Kind: TransactionKind.Emission)));
        Assert.Equal([-3, -2], await Amounts(new(From: start.AddHours(2))));
        Assert.Equal([-1, 100], await Amounts(new(Below: start.AddHours(2))));
        Assert.Equal([-2], await Amounts(new(TransactionKind.Transfer, start.AddHours(2), start.AddHours(3))));
        Assert.Empty(await Amounts(new(From: start.AddHours(4))));
        Assert.Empty(await Amounts(new(Below: start)));

        async Task<IEnumerable<long>> Amounts(HistoryFilter filter) =>
            (await ledger.GetHistory([AccountId.Available(1)], null, 10, filter)).Select(line => line.Amount.Micro);
    }

    [Fact]
    public async Task Holdings_are_what_each_participant_has_in_all_its_accounts()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));
        await ledger.Post(Sample.Of("freeze", (AccountId.Available(1), -40), (AccountId.Frozen(1), 40)));
        await ledger.Post(Sample.Transfer("all", 1, 2, 60));
        await ledger.Post(Sample.Transfer("on", 2, 3, 60));

        var holdings = await ledger.GetHoldings();

        Assert.Equal([(1, new Amount(40)), (3L, new Amount(60))], holdings.OrderBy(holding => holding.Participant));
    }

    [Fact]
    public async Task A_follower_sees_the_last_balance_of_every_account_that_a_commit_touched()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));
        await ledger.Post(Sample.Transfer("a", 1, 2, 10));
        await ledger.Post(Sample.Transfer("b", 2, 3, 5));
        await ledger.Post(Sample.Transfer("c", 1, 2, 10));

        var two = await ledger.ReadChanges(afterSequence: 1, commitsMax: 2);
        var rest = await ledger.ReadChanges(two.UpTo, commitsMax: 100);
        var none = await ledger.ReadChanges(rest.UpTo, commitsMax: 100);

        Assert.Equal((3, false), (two.UpTo, two.IsAll));
        Assert.Equal<AccountState>(
            [
                new(AccountId.Available(1), new(90), 2),
                new(AccountId.Available(2), new(5), 3),
                new(AccountId.Available(3), new(5), 3),
            ],
            two.Accounts);
        Assert.Equal((4, true), (rest.UpTo, rest.IsAll));
        Assert.Equal<AccountState>(
            [new(AccountId.Available(1), new(80), 4), new(AccountId.Available(2), new(15), 4)], rest.Accounts);
        Assert.Equal((4, true, 0), (none.UpTo, none.IsAll, none.Accounts.Length));
    }

    [Fact]
    public async Task Every_commit_notifies_with_its_sequence()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await using var listener = new NpgsqlConnection(book.Storage.ConnectionString);
        await listener.OpenAsync();
        var heard = "";
        listener.Notification += (_, notice) => heard = notice.Payload;
        await using var listen = new NpgsqlCommand($"LISTEN {LedgerChanges.Channel}", listener);
        await listen.ExecuteNonQueryAsync();

        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));

        Assert.True(await listener.WaitAsync(HangLimit.Step));
        Assert.Equal("1", heard);
    }

    [Fact]
    public async Task A_transaction_is_found_by_its_id_with_its_lines()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));
        var posted = await ledger.Post(Sample.Transfer("lunch", 1, 2, 10));

        var found = await ledger.Find(Sample.Transfer("lunch", 1, 2, 10).Id);

        Assert.Equal(posted.Receipt!.Balances(), found!.Receipt.Balances());
        Assert.Equal((TransactionKind.Transfer, 2, book.Clock.Now), (found.Kind, found.Receipt.Sequence, found.Receipt.At));
        Assert.Null(await ledger.Find(Guid.NewGuid()));
    }

    [Fact]
    public async Task Supply_adds_up_to_zero_and_an_empty_book_has_none()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        Assert.Empty((await ledger.GetSupply()).ByKind);
        await ledger.Post(Sample.Grant("start", to: 1, micro: 100));
        await ledger.Post(Sample.Of("freeze", (AccountId.Available(1), -30), (AccountId.Frozen(1), 30)));
        await ledger.Post(Sample.Transfer("lunch", 1, 2, 10));

        var supply = await ledger.GetSupply();

        Assert.Equal(3, supply.Sequence);
        Assert.Equal(new(-100), supply.Of(AccountKind.Issuance));
        Assert.Equal(new(70), supply.Of(AccountKind.Available));
        Assert.Equal(new(30), supply.Of(AccountKind.Frozen));
        Assert.Equal(Amount.Zero, supply.Of(AccountKind.Burned));
    }

    [Fact]
    public async Task A_refusal_is_forgotten_after_30_days_and_not_before()
    {
        await using var book = await server.NewBook();
        var ledger = book.Open();
        await ledger.Post(Sample.Transfer("old", 1, 2, 10));
        await ledger.Post(Sample.Transfer("young", 1, 2, 10));
        await book.Execute($"""
            UPDATE ledger.refusals SET at = now() - CASE id WHEN '{Sample.Transfer("old", 1, 2, 10).Id}'
                THEN interval '30 days 1 minute' ELSE interval '29 days 23 hours' END
            """);

        Assert.Equal(1, await ledger.PurgeRefusals());

        Assert.IsType<PostResult.Repeated>(await ledger.Post(Sample.Transfer("young", 1, 2, 10)));
        Assert.IsType<PostResult.Refused>(await ledger.Post(Sample.Transfer("old", 1, 2, 10)));
    }

    [Theory]
    [InlineData("UPDATE ledger.postings SET amount_micro = 1")]
    [InlineData("DELETE FROM ledger.postings")]
    [InlineData("TRUNCATE ledger.postings")]
    [InlineData("UPDATE ledger.transactions SET kind = 1")]
    [InlineData("DELETE FROM ledger.transactions")]
    [InlineData("UPDATE ledger.commits SET transactions = 1")]
    [InlineData("DELETE FROM ledger.commits")]
    [InlineData("DELETE FROM ledger.accounts")]
    [InlineData("DELETE FROM ledger.head")]
    public async Task A_service_has_no_right_to_change_the_journal(string sql)
    {
        await using var book = await server.NewBook();
        await using var service = NpgsqlDataSource.Create(book.Storage.ConnectionString);
        await using var command = service.CreateCommand(sql);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}

using CsCheck;
using Npgsql;
using Stk.Ledger.Accounts;
using Stk.Ledger.Tests.Books;
using Stk.Ledger.Verify;
using Xunit;

namespace Stk.Ledger.Tests.Writer;

[Collection(BookCollection.Name)]
public sealed class LedgerModelTests(BookServer server)
{
    [Fact]
    public async Task Through_postgresql_every_history_has_the_models_answers_and_balances()
    {
        await using var book = await server.NewBook();
        book.Issuance.Most = new(Histories.IssuedAtMost);
        var ledger = book.Open();
        await Histories.Batches.SampleAsync(
            async batches =>
            {
                await book.Execute("""
                    TRUNCATE ledger.commits, ledger.transactions, ledger.postings, ledger.accounts, ledger.refusals;
                    UPDATE ledger.head SET sequence = 0, hash = decode(repeat('00', 32), 'hex'), at = 'epoch',
                        accounts = 0
                    """);
                var model = new BookModel(Histories.IssuedAtMost);
                foreach (var batch in batches)
                {
                    // Posted together and in order, so they wait and are committed together, in that order.
                    var results = await Task.WhenAll(batch.Select(transaction => ledger.Post(transaction)));
                    Assert.Equal(batch.Select(model.Post), results.Select(BookModel.InWords));
                }

                AccountId[] accounts = [.. model.Balances.Keys];
                Assert.Equal(
                    accounts.Select(account => model.Balances[account]),
                    (await ledger.GetBalances(accounts)).Select(state => state.Balance.Micro));
                await using var database = NpgsqlDataSource.Create(book.Storage.ConnectionString);
                Assert.Null((await new LedgerVerifier(database, []).Run()).Fault);
            },
            iter: 40, threads: 1);
    }
}

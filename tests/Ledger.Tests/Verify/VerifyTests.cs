using Npgsql;
using Stk.Ledger.Machine;
using Stk.Ledger.Tests.Books;
using Stk.Ledger.Verify;
using Xunit;

namespace Stk.Ledger.Tests.Verify;

[Collection(BookCollection.Name)]
public sealed class VerifyTests(BookServer server)
{
    [Fact]
    public async Task An_untouched_book_is_sound_and_counted()
    {
        await using var book = await Filled();

        var result = await Verify(book);

        Assert.Null(result.Fault);
        Assert.Equal((5, 5, 10, 5, 3), (
            result.Commits, result.Transactions, result.Postings, result.Accounts, result.Effects));
        Assert.Equal(await book.Open().GetHead(), result.Head);
    }

    [Fact]
    public async Task An_empty_book_is_sound()
    {
        await using var book = await server.NewBook();
        Assert.True((await Verify(book)).IsSound);
    }

    [Fact]
    public async Task A_changed_amount_is_named()
    {
        await using var book = await Filled();
        await book.Execute("UPDATE ledger.postings SET amount_micro = -301 WHERE sequence = 2 AND line = 0");
        await Names(book, "ledger.postings", "sequence 2, position 0, line 0");
    }

    [Fact]
    public async Task Amounts_changed_so_that_they_still_add_up_are_named_by_their_transaction()
    {
        await using var book = await Filled();
        await book.Execute("""
            UPDATE ledger.postings SET amount_micro = amount_micro + sign(amount_micro),
                balance_after = balance_after + sign(amount_micro)
            WHERE sequence = 5;
            UPDATE ledger.accounts a SET balance_micro = balance_after FROM ledger.postings p
            WHERE p.account_id = a.id AND p.sequence = 5
            """);
        await Names(book, "ledger.transactions", "sequence 5, position 0");
    }

    [Fact]
    public async Task A_changed_balance_after_is_named()
    {
        await using var book = await Filled();
        await book.Execute("UPDATE ledger.postings SET balance_after = 701 WHERE sequence = 2 AND line = 0");
        await Names(book, "ledger.postings", "sequence 2, position 0, line 0");
    }

    [Fact]
    public async Task A_deleted_commit_is_named()
    {
        await using var book = await Filled();
        await book.Execute("""
            DELETE FROM ledger.commits WHERE sequence = 3;
            DELETE FROM ledger.transactions WHERE sequence = 3;
            DELETE FROM ledger.postings WHERE sequence = 3
            """);
        await Names(book, "ledger.commits", "sequence 3");
    }

    [Fact]
    public async Task A_deleted_transaction_is_named_by_its_commit()
    {
        await using var book = await Filled();
        await book.Execute("DELETE FROM ledger.transactions WHERE sequence = 5");
        await Names(book, "ledger.commits", "sequence 5");
    }

    [Fact]
    public async Task Two_swapped_commits_are_named_by_the_first()
    {
        await using var book = await Filled();
        await book.Execute("""
            UPDATE ledger.commits SET sequence = 103 - sequence WHERE sequence IN (3, 4);
            UPDATE ledger.commits SET sequence = sequence - 96 WHERE sequence > 90;
            UPDATE ledger.transactions SET sequence = 103 - sequence WHERE sequence IN (3, 4);
            UPDATE ledger.transactions SET sequence = sequence - 96 WHERE sequence > 90;
            UPDATE ledger.postings SET sequence = 103 - sequence WHERE sequence IN (3, 4);
            UPDATE ledger.postings SET sequence = sequence - 96 WHERE sequence > 90
            """);
        await Names(book, "ledger.commits", "sequence 3");
    }

    [Fact]
    public async Task A_balance_that_is_not_the_sum_of_its_postings_is_named()
    {
        await using var book = await Filled();
        await book.Execute("UPDATE ledger.accounts SET balance_micro = balance_micro + 1 WHERE kind = 6 AND owner = 2");
        var fault = await Names(book, "ledger.accounts", "available:2 (id 3)");
        Assert.Equal("201", fault.Found);
    }

    [Fact]
    public async Task A_changed_reference_is_named()
    {
        await using var book = await Filled();
        await book.Execute("UPDATE ledger.transactions SET reference = '2025-W52' WHERE sequence = 1");
        await Names(book, "ledger.transactions", "sequence 1, position 0");
    }

    [Fact]
    public async Task A_changed_head_is_named()
    {
        await using var book = await Filled();
        await book.Execute("UPDATE ledger.head SET hash = decode(repeat('ab', 32), 'hex')");
        await Names(book, "ledger.head", "its row");
    }

    [Fact]
    public async Task A_cut_tail_is_found_against_a_published_head_alone()
    {
        await using var book = await Filled();
        var published = await book.Open().GetHead();
        await book.Execute("""
            DELETE FROM test.notes WHERE transaction_id = (SELECT id FROM ledger.transactions WHERE sequence = 5);
            DELETE FROM ledger.commits WHERE sequence = 5;
            DELETE FROM ledger.transactions WHERE sequence = 5;
            DELETE FROM ledger.postings WHERE sequence = 5;
            UPDATE ledger.head h SET sequence = c.sequence, hash = c.hash, at = c.at FROM ledger.commits c
            WHERE c.sequence = 4;
            UPDATE ledger.accounts a SET balance_micro = last.balance_after, sequence = last.sequence
            FROM (SELECT DISTINCT ON (account_id) * FROM ledger.postings
                ORDER BY account_id, sequence DESC, position DESC, line DESC) last
            WHERE a.id = last.account_id;
            """);
        Assert.True((await Verify(book)).IsSound);

        var fault = (await Verify(book, published)).Fault;

        Assert.Equal(("ledger.commits", "sequence 5"), (fault?.Table, fault?.Row));
    }

    [Fact]
    public async Task A_head_published_earlier_is_found_in_a_longer_book()
    {
        await using var book = await Filled();
        var ledger = book.Open();
        var published = await ledger.GetHead();
        await ledger.Post(Sample.Transfer("later", from: 1, to: 2, micro: 1));

        Assert.True((await Verify(book, published)).IsSound);
        Assert.False((await Verify(book, published with { Hash = Digest.Zero })).IsSound);
    }

    [Fact]
    public async Task A_changed_effect_is_named()
    {
        await using var book = await Filled();
        await book.Execute("UPDATE test.notes SET text = 'dinner' WHERE text = 'lunch'");
        await Names(book, "test.notes", TransactionOf(2));
    }

    [Fact]
    public async Task A_removed_effect_is_named()
    {
        await using var book = await Filled();
        await book.Execute("DELETE FROM test.notes WHERE text = 'tip'");
        await Names(book, "test.notes", TransactionOf(2));
    }

    [Fact]
    public async Task A_transaction_that_has_lost_all_its_effects_is_named()
    {
        await using var book = await Filled();
        await book.Execute("DELETE FROM test.notes WHERE text IN ('lunch', 'tip')");
        await Names(book, "effects", TransactionOf(2));
    }

    [Fact]
    public async Task A_surplus_effect_is_named()
    {
        await using var book = await Filled();
        await book.Execute("""
            INSERT INTO test.notes SELECT id, 'not posted' FROM ledger.transactions WHERE sequence = 1
            """);
        await Names(book, "test.notes", $"transaction {Sample.Grant("first", 1, 1).Id}");
    }

    [Fact]
    public async Task An_effect_of_a_transaction_that_was_never_posted_is_named()
    {
        await using var book = await Filled();
        await book.Execute("INSERT INTO test.notes VALUES ('ffffffff-ffff-ffff-ffff-ffffffffffff', 'not posted')");
        await Names(book, "test.notes", "transaction ffffffff-ffff-ffff-ffff-ffffffffffff");
    }

    // Commits 3 and 4 have no account in common: swapped, no balance tells.
    private async Task<Book> Filled()
    {
        var book = await server.NewBook();
        await Note.CreateTable(book);
        var ledger = book.Open();
        await ledger.Post(Sample.Grant("first", to: 1, micro: 1_000));
        await ledger.Post(Sample.Transfer("lunch", from: 1, to: 2, micro: 300, new Note("lunch"), new Note("tip")));
        await ledger.Post(Sample.Transfer("there", from: 2, to: 3, micro: 100));
        await ledger.Post(Sample.Transfer("elsewhere", from: 1, to: 4, micro: 100));
        await ledger.Post(Sample.Transfer("tea", from: 1, to: 3, micro: 200, new Note("tea")));
        return book;
    }

    private static string TransactionOf(int sequence) =>
        $"transaction {Sample.Transfer("lunch", 1, 2, 1).Id} (sequence {sequence}, position 0)";

    private static async Task<VerifyFault> Names(Book book, string table, string row)
    {
        var fault = (await Verify(book)).Fault;
        Assert.NotNull(fault);
        Assert.Equal((table, row), (fault.Table, fault.Row));
        return fault;
    }

    // With a service's rights, as ./stk verify has.
    private static async Task<VerifyResult> Verify(Book book, LedgerHead? published = null)
    {
        await using var database = NpgsqlDataSource.Create(book.Storage.ConnectionString);
        var verifier = new LedgerVerifier(database, [new NoteCheck()]);
        return published is null
            ? await verifier.Run()
            : await verifier.Run(published.Sequence, published.Hash);
    }
}

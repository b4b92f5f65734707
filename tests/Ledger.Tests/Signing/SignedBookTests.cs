using Npgsql;
using Stk.Ledger.Signing;
using Stk.Ledger.Tests.Books;
using Stk.Ledger.Verify;
using Xunit;

namespace Stk.Ledger.Tests.Signing;

[Collection(BookCollection.Name)]
public sealed class SignedBookTests(BookServer server)
{
    [Fact]
    public async Task A_book_of_the_silos_is_signed_and_by_another_key_its_first_commit_is_named()
    {
        await using var book = await Filled();
        using var stranger = ChainSigner.Create();

        Assert.Null(await Fault(book, book.Signer.PublicKeyText));
        var fault = await Fault(book, stranger.PublicKeyText);

        Assert.Equal((VerifyAspect.Signatures, "ledger.commits", "sequence 1"), (fault?.Aspect, fault?.Table, fault?.Row));
    }

    // What the services' password can do: a commit by hand, with every hash in order.
    [Fact]
    public async Task A_commit_made_by_hand_is_named_though_the_silos_went_on_from_it()
    {
        await using var book = await Filled();
        using var thief = ChainSigner.Create();
        await book.Execute("UPDATE ledger.commits SET signature = NULL WHERE sequence = 2");
        Assert.Equal("sequence 2", (await Fault(book, book.Signer.PublicKeyText))?.Row);

        var hash = await book.Ask<byte[]>("SELECT hash FROM ledger.commits WHERE sequence = 2");
        var forged = Convert.ToHexString(thief.Sign(SignedChain.Ledger, 2, new(hash)));
        await book.Execute($"UPDATE ledger.commits SET signature = decode('{forged}', 'hex') WHERE sequence = 2");
        Assert.Equal("sequence 2", (await Fault(book, book.Signer.PublicKeyText))?.Row);
    }

    [Fact]
    public async Task Commits_of_before_signing_began_are_excused_and_none_after()
    {
        await using var book = await Filled();
        await book.Execute("""
            UPDATE ledger.commits SET signature = NULL WHERE sequence <= 2;
            UPDATE storage.unsigned SET sequence = 2, hash = (SELECT hash FROM ledger.commits WHERE sequence = 2) WHERE chain = 1
            """);
        Assert.Null(await Fault(book, book.Signer.PublicKeyText));

        await book.Execute("UPDATE ledger.commits SET signature = NULL WHERE sequence = 3");
        Assert.Equal("sequence 3", (await Fault(book, book.Signer.PublicKeyText))?.Row);
    }

    [Fact]
    public async Task Where_signing_began_cannot_be_moved_past_what_the_file_of_keys_says()
    {
        await using var book = await Filled();
        var keys = $"unsigned 0:{new string('0', 64)} 0:{new string('0', 64)}\n{book.Signer.PublicKeyText}";
        Assert.Null(await Fault(book, keys));

        await book.Execute("""
            UPDATE ledger.commits SET signature = NULL;
            UPDATE storage.unsigned SET sequence = head.sequence, hash = head.hash FROM ledger.head WHERE chain = 1
            """);

        Assert.Null(await Fault(book, book.Signer.PublicKeyText));
        Assert.Contains("as the file of public keys says", $"{await Fault(book, keys)}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Services_may_not_move_where_signing_began()
    {
        await using var book = await Filled();
        await using var service = NpgsqlDataSource.Create(book.Storage.ConnectionString);
        await using var command = service.CreateCommand("UPDATE storage.unsigned SET sequence = 2");

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => command.ExecuteNonQueryAsync());

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    private static async Task<VerifyFault?> Fault(Book book, string keys)
    {
        await using var database = NpgsqlDataSource.Create(book.Storage.ConnectionString);
        return (await new LedgerVerifier(database, [], SigningPublicKeys.Parse(keys)).Run()).Fault;
    }

    private async Task<Book> Filled()
    {
        var book = await server.NewBook();
        var ledger = book.Open();
        for (var day = 1; day <= 4; day++)
        {
            await ledger.Post(Sample.Grant($"day {day}", day, 1_000));
        }

        return book;
    }
}

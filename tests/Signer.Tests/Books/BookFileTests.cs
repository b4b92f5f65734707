using System.Runtime.Versioning;
using System.Text;
using Stk.Signer.Books;

namespace Stk.Signer.Tests.Books;

/// <summary>The append-only file: what is on the disk is what counts, and what is missing is seen.</summary>
public sealed class BookFileTests : IDisposable
{
    private readonly TestHome _home = new();

    public void Dispose() => _home.Dispose();

    [Fact]
    public void What_was_added_is_read_again()
    {
        Add("ann", "bob");

        using var file = BookFile.Open(_home.Path);

        Assert.Null(file.Locked);
        Assert.Null(file.Torn);
        Assert.Equal(TestBatch.PayoutFloat.ToString(), file.Book.Begun?.PayoutFloat);
        Assert.NotNull(file.Book.KnownSince("ann", "wallet of ann"));
        Assert.Null(file.Book.KnownSince("ann", "wallet of bob"));
    }

    // A crash in the middle of writing leaves a piece of a line, or zeros; nobody was answered from it.
    [Theory, InlineData("5a"), InlineData("\0\0\0\0"), InlineData("half a line\nand more\n")]
    public void A_torn_last_line_is_named_and_taken_away(string piece)
    {
        Add("ann");
        File.AppendAllText(_home.BookPath, piece);

        using (var file = BookFile.Open(_home.Path))
        {
            Assert.Null(file.Locked);
            Assert.Contains("after line 2", file.Torn, StringComparison.Ordinal);
            file.Append([Destination("bob")]);
        }

        using var again = BookFile.Open(_home.Path);
        Assert.Null(again.Locked);
        Assert.Null(again.Torn);
        Assert.NotNull(again.Book.KnownSince("bob", "wallet of bob"));
    }

    [Fact]
    public void A_line_whose_end_was_not_written_yet_counts()
    {
        Add("ann");
        var end = File.ReadAllText(_home.EndPath);
        Add("bob");
        File.WriteAllText(_home.EndPath, end);

        using var file = BookFile.Open(_home.Path);

        Assert.Null(file.Locked);
        Assert.NotNull(file.Book.KnownSince("bob", "wallet of bob"));
    }

    [Fact]
    public void A_file_cut_anywhere_is_locked()
    {
        Add("ann", "bob");
        var whole = File.ReadAllBytes(_home.BookPath);
        var end = File.ReadAllText(_home.EndPath);
        for (var length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(_home.BookPath, whole[..length]);
            File.WriteAllText(_home.EndPath, end);

            using var file = BookFile.Open(_home.Path);

            Assert.True(file.Locked is not null, $"cut to {length} of {whole.Length} bytes it is open");
            Assert.Throws<IOException>(() => file.Append([Destination("eve")]));
        }
    }

    [Fact]
    public void A_byte_changed_anywhere_locks_it()
    {
        Add("ann", "bob");
        var whole = File.ReadAllBytes(_home.BookPath);
        for (var place = 0; place < whole.Length; place++)
        {
            var changed = whole.ToArray();
            changed[place] ^= 1;
            File.WriteAllBytes(_home.BookPath, changed);

            using var file = BookFile.Open(_home.Path);

            Assert.True(file.Locked is not null, $"with byte {place} changed it is open");
        }
    }

    [Fact]
    public void Lines_of_another_order_lock_it()
    {
        Add("ann", "bob");
        var lines = File.ReadAllLines(_home.BookPath);
        File.WriteAllText(_home.BookPath, string.Join('\n', [lines[0], lines[2], lines[1]]) + "\n", Encoding.ASCII);

        using var file = BookFile.Open(_home.Path);

        Assert.NotNull(file.Locked);
    }

    [Fact]
    public void A_file_of_another_signer_in_its_place_locks_it()
    {
        Add("ann");
        using (var other = new TestHome())
        {
            using (var file = BookFile.Open(other.Path))
            {
                file.Append([Destination("bob"), Destination("eve")]);
            }

            File.Copy(other.BookPath, _home.BookPath, overwrite: true);
        }

        using var opened = BookFile.Open(_home.Path);

        Assert.Contains("not the file", opened.Locked, StringComparison.Ordinal);
    }

    [Fact]
    public void One_opens_it_at_a_time()
    {
        using var first = BookFile.Open(_home.Path);

        Assert.Throws<BookInUseException>(() => BookFile.Open(_home.Path));
    }

    [Fact, SupportedOSPlatform("linux")]
    public void It_is_begun_once_and_for_its_owner_alone()
    {
        Assert.Throws<IOException>(() => BookFile.Begin(_home.Path, new("float", "mint", "genesis", default)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_home.BookPath));
    }

    private void Add(params string[] participants)
    {
        using var file = BookFile.Open(_home.Path);
        foreach (var participant in participants)
        {
            file.Append([Destination(participant)]);
        }
    }

    private static BookEntry.Destination Destination(string participant) =>
        new(participant, $"wallet of {participant}", new('c', 64), new(2025, 12, 24, 0, 0, 0, TimeSpan.Zero));
}

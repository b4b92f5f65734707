using System.Globalization;
using System.Text;

namespace Stk.Signer.Books;

/// <summary>
/// The signer's file, to which lines are only added: the second guard against paying twice. One process has it at a time.
/// </summary>
internal sealed class BookFile : IDisposable
{
    private const string BookName = "book";
    private const string EndName = "book.end";
    private const string LockName = "lock";

    private readonly string _directory;
    private readonly FileStream _turn;
    private FileStream? _lines;
    private string _checksum = BookLine.NoChecksum;
    private long _count;

    private BookFile(string directory, FileStream turn) => (_directory, _turn) = (directory, turn);

    /// <summary>What the file says.</summary>
    public Book Book { get; } = new();

    /// <summary>Why nothing is signed; null where the file is whole.</summary>
    public string? Locked { get; private set; }

    /// <summary>What was left of a line that nobody was answered from, and was taken away; null where nothing was.</summary>
    public string? Torn { get; private set; }

    private string BookPath => Path.Combine(_directory, BookName);

    private string EndPath => Path.Combine(_directory, EndName);

    /// <summary>Makes a new file with its first line.</summary>
    /// <exception cref="BookInUseException">Another process works there.</exception>
    /// <exception cref="IOException">There is a file already.</exception>
    public static void Begin(string directory, BookEntry.Begun begun)
    {
        using var book = new BookFile(directory, TakeTurn(directory));
        book._lines = New(book.BookPath, FileMode.CreateNew);
        book.Append([begun]);
    }

    /// <summary>Whether there is a file, or what is left of one.</summary>
    public static bool IsThere(string directory) =>
        File.Exists(Path.Combine(directory, BookName)) || File.Exists(Path.Combine(directory, EndName));

    /// <summary>Opens and reads the file. One that is lost, cut or damaged is opened locked.</summary>
    /// <exception cref="BookInUseException">Another process works there.</exception>
    public static BookFile Open(string directory)
    {
        var book = new BookFile(directory, TakeTurn(directory));
        try
        {
            book.Locked = book.Read();
            return book;
        }
        catch
        {
            book.Dispose();
            throw;
        }
    }

    /// <summary>Adds lines. Once it returns they are on the disk, and in <see cref="Book"/>.</summary>
    /// <exception cref="IOException">They could not be written; from now on the file is locked.</exception>
    public void Append(IReadOnlyList<BookEntry> entries)
    {
        if (Locked is not null || _lines is not { } lines)
        {
            throw new IOException($"The signer's file takes nothing: {Locked ?? "it is not open"}");
        }

        var (text, checksum) = (new StringBuilder(), _checksum);
        foreach (var entry in entries)
        {
            (var line, checksum) = BookLine.Write(checksum, entry);
            text.Append(line).Append('\n');
        }

        try
        {
            lines.Write(Encoding.ASCII.GetBytes(text.ToString()));
            lines.Flush(flushToDisk: true);
            WriteEnd(new(_count + entries.Count, checksum));
        }
        catch (Exception failure)
        {
            // Nobody knows how much of it is on the disk: what is read at the next start is what counts.
            Locked = $"it could not be written ({failure.GetType().Name}); the signer has to be started again";
            throw;
        }

        (_checksum, _count) = (checksum, _count + entries.Count);
        foreach (var entry in entries)
        {
            Book.Add(entry);
        }
    }

    public void Dispose()
    {
        _lines?.Dispose();
        _turn.Dispose();
    }

    // Null where it is whole.
    private string? Read()
    {
        if (!File.Exists(BookPath))
        {
            return "it is not there";
        }

        if (!File.Exists(EndPath) || BookEnd.Read(File.ReadAllText(EndPath)) is not { } end)
        {
            return $"{EndName}, which says how far it goes, is lost";
        }

        _lines = New(BookPath, FileMode.Open);
        var (length, isAsItWas) = ReadLines(_lines, end);
        if (_count < end.Count)
        {
            return string.Create(
                CultureInfo.InvariantCulture, $"{end.Count} lines were written, and line {_count + 1} is cut or damaged");
        }

        if (!isAsItWas || Book.Begun is null)
        {
            return $"it is not the file that {EndName} is of";
        }

        // What comes after the end was never answered from: a crash has left it.
        if (_lines.Length > length)
        {
            Torn = string.Create(
                CultureInfo.InvariantCulture, $"{_lines.Length - length} bytes after line {_count}");
            _lines.SetLength(length);
            _lines.Flush(flushToDisk: true);
        }

        _lines.Position = length;
        WriteEnd(new(_count, _checksum));
        return null;
    }

    // The bytes of all good lines, and whether the one at the end is the one that the end names.
    private (long Length, bool IsAsItWas) ReadLines(FileStream lines, BookEnd end)
    {
        var (length, isAsItWas) = (0L, false);
        using var reader = new StreamReader(
            lines, Encoding.ASCII, detectEncodingFromByteOrderMarks: false, bufferSize: -1, leaveOpen: true);
        while (reader.ReadLine() is { } line)
        {
            // Its end is missing where fewer bytes are there than it has with its end.
            if (length + line.Length + 1 > lines.Length || BookLine.Read(_checksum, line) is not var (entry, checksum))
            {
                break;
            }

            length += line.Length + 1;
            (_checksum, _count) = (checksum, _count + 1);
            isAsItWas |= _count == end.Count && checksum == end.Checksum;
            Book.Add(entry);
        }

        return (length, isAsItWas);
    }

    private void WriteEnd(BookEnd end)
    {
        var next = $"{EndPath}.new";
        using (var file = New(next, FileMode.Create))
        {
            file.Write(Encoding.ASCII.GetBytes(end.ToString()));
            file.Flush(flushToDisk: true);
        }

        File.Move(next, EndPath, overwrite: true);
    }

    private static FileStream TakeTurn(string directory)
    {
        try
        {
            return New(Path.Combine(directory, LockName), FileMode.OpenOrCreate);
        }
        catch (IOException taken) when (taken is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new BookInUseException(directory, taken);
        }
    }

    private static FileStream New(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (mode != FileMode.Open && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(path, options);
    }
}

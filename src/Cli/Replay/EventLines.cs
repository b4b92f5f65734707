namespace Stk.Cli.Replay;

/// <summary>
/// The lines of files, one after another: plain, gzip by their first bytes, or brotli by their name, which ends in
/// <c>.br</c> (it has no first bytes of its own). Memory: one line, whatever the files hold.
/// </summary>
internal static class EventLines
{
    /// <summary>A longer line is no event of ours: the API takes 64 KB of properties. Unit: bytes.</summary>
    public const int LongestLine = 1 << 20;

    private const string Brotli = ".br";

    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    /// <summary>In order, without blank lines and line ends. A line is valid until the next is asked for.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="InvalidDataException">A packed file is damaged or cut off.</exception>
    public static IEnumerable<EventLine> Read(IEnumerable<string> files) => files.SelectMany(Read);

    /// <summary>Sees that a file is there and can be read from its beginning, twice.</summary>
    /// <exception cref="ReplayRefusal">It is not, or cannot.</exception>
    public static void Check(string file)
    {
        if (!File.Exists(file))
        {
            throw new ReplayRefusal($"{file} is {(Directory.Exists(file) ? "a directory" : "not there")}: nothing was sent.");
        }

        try
        {
            using var stream = File.OpenRead(file);
            if (!stream.CanSeek)
            {
                throw new ReplayRefusal(
                    $"{file} is no file that can be read twice, once to look it through and once to send it: nothing was sent.");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ReplayRefusal($"{file} cannot be read ({exception.Message.TrimEnd('.')}): nothing was sent.", exception);
        }
    }

    private static IEnumerable<EventLine> Read(string file)
    {
        using var stream = File.OpenRead(file);
        if (!IsGzip(stream))
        {
            var isBrotli = file.EndsWith(Brotli, StringComparison.OrdinalIgnoreCase);
            using Stream content = isBrotli ? new BrotliFile(stream) : stream;
            foreach (var line in Numbered(file, content))
            {
                yield return line;
            }

            yield break;
        }

        using var gzip = new GzipFile(stream);
        foreach (var line in Numbered(file, gzip.Content))
        {
            if (line.Bytes.Span.SequenceEqual(gzip.LastLine))
            {
                yield break;
            }

            yield return line;
        }

        throw new InvalidDataException($"{file} is damaged or cut off.");
    }

    private static bool IsGzip(FileStream stream)
    {
        Span<byte> first = stackalloc byte[2];
        var isGzip = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length
            && GzipFile.IsGzip(first);
        stream.Position = 0;
        return isGzip;
    }

    private static IEnumerable<EventLine> Numbered(string file, Stream stream)
    {
        var number = 0L;
        foreach (var line in Lines(file, stream))
        {
            number++;
            if (line.Span.ContainsAnyExcept((byte)' ', (byte)'\t', (byte)'\r'))
            {
                yield return new(file, number, line);
            }
        }
    }

    // A line that is too long comes out cut to LongestLine + 1 bytes, which nothing can read as an event.
    // Longer than 70 lines: its steps share the buffer and where it is read to.
    private static IEnumerable<ReadOnlyMemory<byte>> Lines(string file, Stream stream)
    {
        var buffer = new byte[64 * 1024];
        var start = 0;
        var end = 0;
        var isFirst = true;
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                yield return Line(start, length);
                start += length + 1;
                continue;
            }

            if (end - start > LongestLine)
            {
                var cut = Line(start, LongestLine + 1);
                start = end = 0;
                yield return cut;
                if (!SkipLine())
                {
                    yield break;
                }

                continue;
            }

            MakeRoom();
            var read = Fill(end);
            end += read;
            if (read == 0)
            {
                if (end > start)
                {
                    yield return Line(start, end - start);
                }

                yield break;
            }
        }

        ReadOnlyMemory<byte> Line(int at, int length)
        {
            var line = buffer.AsMemory(at, length);
            if (isFirst && line.Span.StartsWith(ByteOrderMark))
            {
                line = line[ByteOrderMark.Length..];
            }

            isFirst = false;
            return line.Span is [.., (byte)'\r'] ? line[..^1] : line;
        }

        void MakeRoom()
        {
            if (start > 0)
            {
                buffer.AsSpan(start, end - start).CopyTo(buffer);
                end -= start;
                start = 0;
            }

            if (end == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }

        int Fill(int from)
        {
            try
            {
                return stream.Read(buffer.AsSpan(from));
            }
            catch (InvalidDataException exception)
            {
                throw new InvalidDataException($"{file} is damaged or cut off: {exception.Message}", exception);
            }
        }

        bool SkipLine()
        {
            while (true)
            {
                end = Fill(0);
                if (end == 0)
                {
                    return false;
                }

                var length = buffer.AsSpan(0, end).IndexOf((byte)'\n');
                if (length >= 0)
                {
                    start = length + 1;
                    return true;
                }
            }
        }
    }
}

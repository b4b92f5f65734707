using System.IO.Compression;
using System.Text;

namespace Stk.Cli.Replay;

/// <summary>
/// A gzip file that is known to be whole. GZipStream takes a file that was cut off for a shorter one and says nothing
/// (tried; dotnet/runtime issue 47563). So a last member of our own follows the file: its line comes out at the end
/// exactly where all before it was complete.
/// </summary>
internal sealed class GzipFile : IDisposable
{
    private readonly GZipStream _content;

    /// <param name="file">At its beginning; owned from here on.</param>
    public GzipFile(Stream file)
    {
        LastLine = Encoding.ASCII.GetBytes($"stk-end-{Guid.NewGuid():N}");
        _content = new(new Followed(file, Member(LastLine)), CompressionMode.Decompress);
    }

    public static bool IsGzip(ReadOnlySpan<byte> firstBytes) => firstBytes is [0x1F, 0x8B, ..];

    /// <summary>What a whole file's content ends with, on a line of its own. No file can hold it: it is random.</summary>
    public byte[] LastLine { get; }

    public Stream Content => _content;

    public void Dispose() => _content.Dispose();

    private static byte[] Member(byte[] line)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Fastest))
        {
            gzip.Write("\n"u8); // the file's own last line need not be ended
            gzip.Write(line);
        }

        return memory.ToArray();
    }

    /// <summary>A stream, and bytes after its end.</summary>
    private sealed class Followed(Stream first, byte[] then) : Stream
    {
        private readonly MemoryStream _then = new(then, writable: false);

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer) =>
            first.Read(buffer) is var read and > 0 ? read : _then.Read(buffer);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                first.Dispose();
                _then.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}

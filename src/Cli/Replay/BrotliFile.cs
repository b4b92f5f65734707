using System.Buffers;
using System.IO.Compression;

namespace Stk.Cli.Replay;

/// <summary>
/// What a brotli file holds, read to its end. BrotliStream takes a file that was cut off for a shorter one and says nothing
/// (tried with .NET 10), so the decoder is asked here whether it is done.
/// </summary>
/// <param name="file">At its beginning; owned from here on.</param>
internal sealed class BrotliFile(Stream file) : Stream
{
    private readonly byte[] _packed = new byte[64 * 1024];

    private BrotliDecoder _decoder;
    private int _start;
    private int _end;
    private bool _isDone;

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

    /// <exception cref="InvalidDataException">It is damaged or cut off.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (!_isDone && !buffer.IsEmpty)
        {
            var status = _decoder.Decompress(
                _packed.AsSpan(_start, _end - _start), buffer, out var consumed, out var written);
            _start += consumed;
            _isDone = status == OperationStatus.Done;
            if (status == OperationStatus.InvalidData || (_isDone && (_start < _end || file.ReadByte() >= 0)))
            {
                throw new InvalidDataException("it is no brotli, or has something behind it");
            }

            if (written > 0)
            {
                return written;
            }

            if (!_isDone)
            {
                Fill();
            }
        }

        return 0;
    }

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
            _decoder.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Fill()
    {
        _packed.AsSpan(_start, _end - _start).CopyTo(_packed);
        _end -= _start;
        _start = 0;
        var read = file.Read(_packed.AsSpan(_end));
        _end += read;
        if (read == 0)
        {
            throw new InvalidDataException("its end is missing");
        }
    }
}

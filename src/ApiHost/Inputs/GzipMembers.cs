using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing; // Of the package that the actors bring.

namespace Stk.ApiHost.Inputs;

/// <summary>
/// A gzip body: one member or more, one after the other (RFC 1952, 2.2), each whole. GZipStream takes the end of its
/// input for the end of the stream, wherever it comes, and would read a cut body as a shorter one; so each member is
/// inflated by itself and held against its own trailer.
/// </summary>
internal static class GzipMembers
{
    /// <summary>Each costs an inflater, however empty it is. A batch has 10,000 events at most.</summary>
    public const int MaxMembers = 16_384;

    private const int HeaderBytes = 10;

    // CRC-32 of what was packed, and its length modulo 2^32.
    private const int TrailerBytes = 8;

    // DeflateStream reads by so much, and does not say how much of the last piece was beyond its end.
    private const int PieceBytes = 8_192;

    private const byte HasHeaderCrc = 0x02;
    private const byte HasExtra = 0x04;
    private const byte HasName = 0x08;
    private const byte HasComment = 0x10;
    private const byte Reserved = 0xE0;

    /// <summary>Told of each piece as it is unpacked; false ends it.</summary>
    public delegate bool Unpacked(ReadOnlySpan<byte> piece);

    /// <summary>
    /// All members' content, or null where that is more than <paramref name="maxBytes"/>, or more than who is told of it
    /// takes.
    /// </summary>
    /// <exception cref="InvalidDataException">A member is none, or is cut; or there are too many.</exception>
    public static PooledBytes? Decompress(ReadOnlyMemory<byte> gzip, int maxBytes, Unpacked? tell = null)
    {
        var plain = new Content(maxBytes, gzip.Length, tell);
        var isTaken = false;
        try
        {
            var place = 0;
            for (var members = 1; place < gzip.Length || members == 1; members++)
            {
                if (members > MaxMembers)
                {
                    throw new InvalidDataException("a gzip body has too many members");
                }

                var data = DataPlace(gzip.Span, place);
                var start = plain.Length;
                if (Inflate(gzip[data..], plain) is not { } readBytes)
                {
                    return null;
                }

                place = EndPlace(gzip.Span, data, data + readBytes, plain.Written[start..]);
            }

            isTaken = true;
            return plain.Take();
        }
        finally
        {
            if (!isTaken)
            {
                plain.Return();
            }
        }
    }

    // Where a member's compressed data begin: after its header, whose length is its own affair.
    private static int DataPlace(ReadOnlySpan<byte> gzip, int place)
    {
        if (gzip.Length - place < HeaderBytes || !IsHeader(gzip[place..]) || (gzip[place + 3] & Reserved) != 0)
        {
            throw new InvalidDataException("no gzip member begins here");
        }

        var flags = gzip[place + 3];
        place += HeaderBytes;
        if ((flags & HasExtra) != 0)
        {
            place = Past(gzip, place, 2);
            place = Past(gzip, place, BinaryPrimitives.ReadUInt16LittleEndian(gzip[(place - 2)..]));
        }

        if ((flags & HasName) != 0)
        {
            place = PastText(gzip, place);
        }

        if ((flags & HasComment) != 0)
        {
            place = PastText(gzip, place);
        }

        return (flags & HasHeaderCrc) != 0 ? Past(gzip, place, 2) : place;
    }

    private static bool IsHeader(ReadOnlySpan<byte> gzip) => gzip.StartsWith<byte>([0x1F, 0x8B, 0x08]);

    private static int Past(ReadOnlySpan<byte> gzip, int place, int bytes) =>
        bytes <= gzip.Length - place ? place + bytes : throw new InvalidDataException("a gzip header is cut");

    private static int PastText(ReadOnlySpan<byte> gzip, int place)
    {
        var end = gzip[place..].IndexOf((byte)0);
        return end >= 0 ? place + end + 1 : throw new InvalidDataException("a gzip header is cut");
    }

    /// <summary>How much was read, of which the last piece may lie beyond the end; null where it is too much.</summary>
    private static int? Inflate(ReadOnlyMemory<byte> data, Content plain)
    {
        using var input = new PieceStream(data);
        using var deflate = new DeflateStream(input, CompressionMode.Decompress);
        int read;
        while ((read = deflate.Read(plain.Room())) > 0)
        {
            if (!plain.Add(read))
            {
                return null;
            }
        }

        return (int)input.Position;
    }

    // The trailer says what the content must be: where these bytes stand, the member ends. They are looked for in the last
    // piece that was read, and what follows them is the end or another member.
    private static int EndPlace(ReadOnlySpan<byte> gzip, int data, int read, ReadOnlySpan<byte> content)
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        Crc32.Hash(content, trailer);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], (uint)content.Length);
        var sought = gzip[..Math.Min(gzip.Length, read + TrailerBytes)];
        var place = Math.Max(data, read - PieceBytes);
        while (place < sought.Length && sought[place..].IndexOf(trailer) is var next and >= 0)
        {
            var end = place + next + TrailerBytes;
            if (end == gzip.Length || IsHeader(gzip[end..]))
            {
                return end;
            }

            place += next + 1;
        }

        throw new InvalidDataException("a gzip member is cut, or is not what its trailer says");
    }

    /// <summary>Memory, given out by the piece, so that its place tells what was read.</summary>
    private sealed class PieceStream(ReadOnlyMemory<byte> bytes) : Stream
    {
        private int _place;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => bytes.Length;

        public override long Position
        {
            get => _place;
            set => throw new NotSupportedException();
        }

        public override int Read(Span<byte> buffer)
        {
            var read = Math.Min(Math.Min(buffer.Length, PieceBytes), bytes.Length - _place);
            bytes.Span.Slice(_place, read).CopyTo(buffer);
            _place += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>What has been unpacked, in an array of the pool's that grows up to the limit.</summary>
    private sealed class Content(int maxBytes, int expectedBytes, Unpacked? tell)
    {
        // One byte more than is allowed has room, so that a body of exactly the limit is told from a longer one.
        private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Clamp(expectedBytes * 2, 4_096, maxBytes + 1));

        public int Length { get; private set; }

        public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

        /// <summary>Where more goes; never empty.</summary>
        public Span<byte> Room()
        {
            if (Length == _bytes.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(checked(_bytes.Length * 2));
                Written.CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_bytes);
                _bytes = larger;
            }

            return _bytes.AsSpan(Length);
        }

        public bool Add(int bytes) =>
            (Length += bytes) <= maxBytes && tell?.Invoke(_bytes.AsSpan(Length - bytes, bytes)) is not false;

        public PooledBytes Take() => new(_bytes, Length);

        public void Return() => ArrayPool<byte>.Shared.Return(_bytes);
    }
}

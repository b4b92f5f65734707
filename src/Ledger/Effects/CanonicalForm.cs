using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Stk.Ledger.Effects;

/// <summary>
/// Builds an effect's canonical bytes. Big-endian: ids in RFC 9562 order, numbers of 4 or 8 bytes, a text as its length in
/// bytes (4) and itself in UTF-8. What may be absent is 0.
/// </summary>
public sealed class CanonicalForm
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public CanonicalForm Id(Guid id) => Bytes(id.ToByteArray(bigEndian: true));

    public CanonicalForm Number(long number)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, number);
        return Bytes(bytes);
    }

    public CanonicalForm Small(int? number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number ?? 0);
        return Bytes(bytes);
    }

    public CanonicalForm Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return Small(bytes.Length).Bytes(bytes);
    }

    public CanonicalForm Bytes(ReadOnlySpan<byte> bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>Marks stored rows that nobody can have written: the bytes are no effect's.</summary>
    public CanonicalForm Unless(bool isSound) => isSound ? this : Text("altered");

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
}

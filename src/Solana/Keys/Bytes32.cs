using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Stk.Solana.Keys;

/// <summary>Thirty-two bytes by value: cheap to compare, to hash and to keep in a table.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct Bytes32(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    public const int Length = 32;

    public static Bytes32 From(ReadOnlySpan<byte> bytes) => bytes.Length == Length
        ? new(
            BinaryPrimitives.ReadUInt64LittleEndian(bytes),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]))
        : throw new ArgumentException($"{Length} bytes are needed, not {bytes.Length}.", nameof(bytes));

    public void CopyTo(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(destination, First);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[8..], Second);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[16..], Third);
        BinaryPrimitives.WriteUInt64LittleEndian(destination[24..], Fourth);
    }

    // Keys are points and hashes: any eight bytes of them are as good as random.
    public override int GetHashCode() => First.GetHashCode();
}

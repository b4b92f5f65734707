using System.Buffers.Binary;
using Stk.Ledger.Machine;

namespace Stk.Ledger.Signing;

/// <summary>
/// The layout of what is signed, fixed for ever; numbers are big-endian: <c>"STK1"</c>, chain (2), sequence (8), hash (32).
/// The hash chains all before it, so a signature says that the silos made the chain up to here.
/// </summary>
internal static class SignedBytes
{
    /// <summary>Unit: bytes.</summary>
    public const int Length = 4 + 2 + 8 + Digest.Length;

    /// <summary>Unit: bytes of an Ed25519 signature, RFC 8032.</summary>
    public const int SignatureLength = 64;

    public static void Write(Span<byte> bytes, SignedChain chain, long sequence, Digest hash)
    {
        "STK1"u8.CopyTo(bytes);
        BinaryPrimitives.WriteInt16BigEndian(bytes[4..], (short)chain);
        BinaryPrimitives.WriteInt64BigEndian(bytes[6..], sequence);
        hash.Bytes.CopyTo(bytes[14..]);
    }
}

using System.Buffers.Binary;
using Stk.Solana.Keys;

namespace Stk.Solana.Programs;

/// <summary>
/// A field that may be empty, as SPL Token stores it (<c>COption</c>): four bytes, then the value or zeros.
/// </summary>
internal static class OptionalField
{
    /// <summary>False where the first four bytes are neither 0 nor 1.</summary>
    public static bool TryKey(ReadOnlySpan<byte> bytes, out PublicKey? key)
    {
        var tag = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
        key = tag == 1 ? new PublicKey(bytes.Slice(sizeof(uint), PublicKey.Length)) : null;
        return tag is 0 or 1;
    }
}

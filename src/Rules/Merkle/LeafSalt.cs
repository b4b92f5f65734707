using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Stk.Rules.Merkle;

/// <summary>
/// The salts of one tree's leaves, by HMAC-SHA256 of a key: a salt that is shown says nothing of another, and the key alone
/// is to be kept.
/// </summary>
public static class LeafSalt
{
    public const int KeyLength = 32;

    /// <summary>16 bytes.</summary>
    public static byte[] Of(ReadOnlySpan<byte> key, long participant)
    {
        Span<byte> number = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(number, participant);
        return HMACSHA256.HashData(key, number)[..MerkleTree.SaltLength];
    }
}

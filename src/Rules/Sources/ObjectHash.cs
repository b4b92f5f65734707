using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stk.Rules.Sources;

/// <summary>What is stored of an event's object: enough to tell two from one another, and nothing to read.</summary>
public static class ObjectHash
{
    /// <summary>The first 64 bits of SHA-256 of the text in UTF-8, the largest first.</summary>
    public static long Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadInt64BigEndian(hash);
    }
}

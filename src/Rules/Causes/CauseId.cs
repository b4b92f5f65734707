using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stk.Rules.Causes;

/// <summary>
/// The id of what a cause brings about: the same cause gives the same id, so a replay is recognised.
/// UUID version 5, RFC 9562 section 5.5, in a namespace of our own.
/// </summary>
public static class CauseId
{
    /// <summary>UUIDv5 of the DNS namespace and <c>stk.causes</c>; fixed for ever.</summary>
    public static readonly Guid Namespace = V5(new Guid("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "stk.causes");

    /// <summary>The id of a cause given by its parts, in order. Parts are told apart by their lengths.</summary>
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        var name = new StringBuilder();
        foreach (var part in parts)
        {
            // "ab","c" and "a","bc" are two causes.
            name.Append(part.Length).Append(':').Append(part);
        }

        return V5(Namespace, name.ToString());
    }

    /// <summary>UUIDv5 of a name in a namespace, the name in UTF-8.</summary>
    public static Guid V5(Guid space, string name)
    {
        var nameBytes = Encoding.UTF8.GetByteCount(name);
        var input = new byte[16 + nameBytes];
        space.TryWriteBytes(input, bigEndian: true, out _);
        Encoding.UTF8.GetBytes(name, input.AsSpan(16));
        Span<byte> hash = stackalloc byte[SHA1.HashSizeInBytes];
#pragma warning disable CA5350 // RFC 9562 fixes SHA-1 for version 5; ids need no secrecy.
        SHA1.HashData(input, hash);
#pragma warning restore CA5350
        var uuid = hash[..16];
        var version = BinaryPrimitives.ReadUInt16BigEndian(uuid[6..]);
        BinaryPrimitives.WriteUInt16BigEndian(uuid[6..], (ushort)((version & 0x0FFF) | 0x5000));
        uuid[8] = (byte)((uuid[8] & 0x3F) | 0x80);
        return new(uuid, bigEndian: true);
    }
}

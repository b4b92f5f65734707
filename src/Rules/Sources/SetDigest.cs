using System.Security.Cryptography;

namespace Stk.Rules.Sources;

/// <summary>What a whole read of a window held: two reads are alike where these are.</summary>
/// <param name="Count">Different uuids.</param>
/// <param name="Hash">SHA-256 of the uuids in their order, as hexadecimal digits.</param>
public sealed record SetDigest(int Count, string Hash)
{
    /// <summary>Of a set that comes in any order and with repeats.</summary>
    public static SetDigest Of(IEnumerable<Guid> uuids)
    {
        var set = uuids.ToHashSet().ToArray();
        Array.Sort(set);
        var bytes = new byte[checked(set.Length * 16)];
        for (var i = 0; i < set.Length; i++)
        {
            set[i].TryWriteBytes(bytes.AsSpan(i * 16, 16), bigEndian: true, out _);
        }

        return new(set.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }
}

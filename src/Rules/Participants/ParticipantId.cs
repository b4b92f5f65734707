using System.Security.Cryptography;
using System.Text;
using Stk.Rules.Objections;

namespace Stk.Rules.Participants;

/// <summary>
/// The outside id of a participant: 1 to 200 characters, opaque, compared by code point. Neither trimmed nor folded
/// nor normalised. It stands in queries and bodies, never in a path.
/// </summary>
public static class ParticipantId
{
    /// <summary>Unit: Unicode code points.</summary>
    public const int MaxCharacters = 200;

    /// <summary>Shards that participants are spread over.</summary>
    public const int Shards = 64;

    public static bool IsValid(string id) => Check(id, "") is null;

    /// <summary>The first rule that the id breaks, said of a field; null where it may be used.</summary>
    public static Objection? Check(string id, string field) =>
        PlainText.Broken(id, MaxCharacters) is { } rule ? new(field, rule) : null;

    /// <summary>0 to 63: the first 6 bits of SHA-256 of the id in UTF-8. Stored in the participant's row.</summary>
    public static int Shard(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return hash[0] >> 2;
    }
}

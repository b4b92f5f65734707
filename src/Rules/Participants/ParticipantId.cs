using System.Security.Cryptography;
using System.Text;
using Stk.Rules.Objections;
using Stk.Rules.Texts;

namespace Stk.Rules.Participants;

/// <summary>
/// The outside id of a participant: 1 to 200 characters, opaque, compared by code point. Neither trimmed nor folded
/// nor normalised: what is new must come in the one form that <see cref="OutsideName"/> has for it. It stands in queries
/// and bodies, never in a path.
/// </summary>
public static class ParticipantId
{
    /// <summary>Unit: Unicode code points.</summary>
    public const int MaxCharacters = OutsideName.MaxCharacters;

    /// <summary>Shards that participants are spread over.</summary>
    public const int Shards = 64;

    public static bool IsValid(string id) => Check(id, "") is null;

    /// <summary>Why nobody can have the id, said of a field; null where somebody may.</summary>
    public static Objection? Check(string id, string field) =>
        OutsideName.Malformed(id) is { } rule ? new(field, rule) : null;

    /// <summary>Why nobody new gets the id; null where somebody may. Who has it already keeps it.</summary>
    public static Objection? CheckNewcomer(string id, string field) =>
        OutsideName.Broken(id) is { } rule ? new(field, rule) : null;

    /// <summary>The same where events bring somebody new: they know nobody by a placeholder.</summary>
    public static Objection? CheckNewcomerByEvent(string id, string field) =>
        PlaceholderIds.Contains(id) ? new(field, PlaceholderIds.Rule) : CheckNewcomer(id, field);

    /// <summary>0 to 63: the first 6 bits of SHA-256 of the id in UTF-8. Stored in the participant's row.</summary>
    public static int Shard(string id)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(id), hash);
        return hash[0] >> 2;
    }
}

using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Stk.Rules.Notices;

/// <summary>
/// What a link in a message says: whose, which kind and which channel. Signed, so that nobody makes one for somebody else;
/// without an end, so that the link of an old message works.
/// </summary>
/// <param name="Participant">The number.</param>
/// <param name="Kind">Null: every kind.</param>
public sealed record UnsubscribeLink(long Participant, string? Kind, NoticeChannel Channel)
{
    private const byte Version = 1;
    private const int HeadBytes = 1 + sizeof(long) + sizeof(short);
    private const int SealBytes = 16;
    private const int MaxCharacters = 200;

    /// <param name="key">32 bytes.</param>
    /// <returns>Letters, digits, - and _.</returns>
    public string Write(ReadOnlySpan<byte> key)
    {
        var kind = Encoding.ASCII.GetBytes(Kind ?? "");
        var bytes = new byte[HeadBytes + kind.Length + SealBytes];
        bytes[0] = Version;
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(1), Participant);
        BinaryPrimitives.WriteInt16BigEndian(bytes.AsSpan(1 + sizeof(long)), (short)Channel);
        kind.CopyTo(bytes.AsSpan(HeadBytes));
        Seal(key, bytes.AsSpan(0, HeadBytes + kind.Length)).CopyTo(bytes.AsSpan(HeadBytes + kind.Length));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null where it was not written with this key, or says nothing that there is.</summary>
    public static UnsubscribeLink? Read(string link, ReadOnlySpan<byte> key)
    {
        if (link.Length > MaxCharacters || !Base64Url.IsValid(link))
        {
            return null;
        }

        var bytes = Base64Url.DecodeFromChars(link);
        if (bytes.Length < HeadBytes + SealBytes || bytes[0] != Version
            || !CryptographicOperations.FixedTimeEquals(Seal(key, bytes.AsSpan(..^SealBytes)), bytes.AsSpan(^SealBytes..)))
        {
            return null;
        }

        var channel = (NoticeChannel)BinaryPrimitives.ReadInt16BigEndian(bytes.AsSpan(1 + sizeof(long)));
        var kind = Encoding.ASCII.GetString(bytes.AsSpan(HeadBytes..^SealBytes));
        return NoticeChannels.All.Contains(channel) && (kind.Length == 0 || NoticeKinds.Find(kind) is not null)
            ? new(BinaryPrimitives.ReadInt64BigEndian(bytes.AsSpan(1)), kind.Length == 0 ? null : kind, channel)
            : null;
    }

    private static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> content) =>
        HMACSHA256.HashData(key, content)[..SealBytes];
}

using System.Buffers.Binary;
using Stk.Solana.Keys;

namespace Stk.Solana.SignIn;

/// <summary>
/// The envelope in which wallets whose key is in a device sign a text, so that what is signed can never be a transaction's
/// message.
/// </summary>
/// <remarks>
/// docs.anza.xyz/proposals/off-chain-message-signing, version 0; and the shorter header, without domain and signers, of
/// Ledger's application before it followed that.
/// </remarks>
internal static class OffchainMessage
{
    private const int DomainLength = 32;
    private const byte MostFormat = 2;

    // Behind 0xFF, which begins no transaction.
    private static ReadOnlySpan<byte> Marker => "solana offchain"u8;

    /// <summary>The text inside; empty where the bytes are no such envelope, or other keys than this are to sign.</summary>
    public static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> bytes, PublicKey signer)
    {
        // 0xFF, the marker, and version 0.
        if (bytes.Length < Marker.Length + 2 || bytes[0] != 0xFF || !bytes[1..].StartsWith(Marker)
            || bytes[Marker.Length + 1] != 0)
        {
            return [];
        }

        var rest = bytes[(Marker.Length + 2)..];
        var text = Short(rest);
        return text.IsEmpty ? Long(rest, signer) : text;
    }

    // Format, length, text.
    private static ReadOnlySpan<byte> Short(ReadOnlySpan<byte> rest)
    {
        const int Header = 3;
        return rest.Length > Header && rest[0] <= MostFormat
            && BinaryPrimitives.ReadUInt16LittleEndian(rest[1..]) == rest.Length - Header
                ? rest[Header..]
                : [];
    }

    // Domain of the application, format, signers with their number, length, text.
    private static ReadOnlySpan<byte> Long(ReadOnlySpan<byte> rest, PublicKey signer)
    {
        const int Header = DomainLength + 2 + PublicKey.Length + 2;
        Span<byte> key = stackalloc byte[PublicKey.Length];
        signer.CopyTo(key);
        return rest.Length > Header && rest[DomainLength] <= MostFormat && rest[DomainLength + 1] == 1
            && rest.Slice(DomainLength + 2, PublicKey.Length).SequenceEqual(key)
            && BinaryPrimitives.ReadUInt16LittleEndian(rest[(Header - 2)..]) == rest.Length - Header
                ? rest[Header..]
                : [];
    }
}

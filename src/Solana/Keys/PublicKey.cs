using System.Diagnostics.CodeAnalysis;

namespace Stk.Solana.Keys;

/// <summary>An address on Solana: 32 bytes, written in base58. A point of ed25519 where someone holds its key.</summary>
public readonly record struct PublicKey
{
    public const int Length = Bytes32.Length;

    private readonly Bytes32 _bytes;

    public PublicKey(ReadOnlySpan<byte> bytes) => _bytes = Bytes32.From(bytes);

    /// <summary>
    /// Whether the bytes are a point of ed25519, so that a secret key can exist. A program-derived address, such as
    /// an associated token account, is not; as a wallet it would swallow what is sent to it.
    /// </summary>
    public bool IsOnCurve
    {
        get
        {
            Span<byte> bytes = stackalloc byte[Length];
            CopyTo(bytes);
            return CurvePoint.IsPoint(bytes);
        }
    }

    public void CopyTo(Span<byte> destination) => _bytes.CopyTo(destination);

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <exception cref="FormatException">The text is not base58 of 32 bytes; the message says where it fails.</exception>
    public static PublicKey Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var key, out var flaw) ? key : throw new FormatException($"Address: {flaw}.");

    public static bool TryParse(
        ReadOnlySpan<char> text, out PublicKey key, [NotNullWhen(false)] out string? flaw)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var isRead = Base58Text.TryDecode(text, bytes, out flaw);
        key = isRead ? new(bytes) : default;
        return isRead;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Base58Text.Encode(bytes);
    }
}

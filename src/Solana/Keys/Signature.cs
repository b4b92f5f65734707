using System.Diagnostics.CodeAnalysis;

namespace Stk.Solana.Keys;

/// <summary>An ed25519 signature: 64 bytes. The first one of a transaction is also its name.</summary>
public readonly record struct Signature
{
    public const int Length = 2 * Bytes32.Length;

    /// <summary>All zeros: what stands where a signature is still missing. It verifies nothing.</summary>
    public static readonly Signature Missing;

    private readonly Bytes32 _point;
    private readonly Bytes32 _scalar;

    public Signature(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(bytes.Length, Length);
        _point = Bytes32.From(bytes[..Bytes32.Length]);
        _scalar = Bytes32.From(bytes[Bytes32.Length..]);
    }

    public void CopyTo(Span<byte> destination)
    {
        _point.CopyTo(destination);
        _scalar.CopyTo(destination[Bytes32.Length..]);
    }

    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        CopyTo(bytes);
        return bytes;
    }

    /// <exception cref="FormatException">The text is not base58 of 64 bytes; the message says where it fails.</exception>
    public static Signature Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var signature, out var flaw) ? signature : throw new FormatException($"Signature: {flaw}.");

    public static bool TryParse(
        ReadOnlySpan<char> text, out Signature signature, [NotNullWhen(false)] out string? flaw)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var isRead = Base58Text.TryDecode(text, bytes, out flaw);
        signature = isRead ? new(bytes) : default;
        return isRead;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Base58Text.Encode(bytes);
    }
}

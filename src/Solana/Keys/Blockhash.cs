using System.Diagnostics.CodeAnalysis;

namespace Stk.Solana.Keys;

/// <summary>The hash of a recent block, or a nonce in its place: what limits a transaction's life.</summary>
public readonly record struct Blockhash
{
    public const int Length = Bytes32.Length;

    private readonly Bytes32 _bytes;

    public Blockhash(ReadOnlySpan<byte> bytes) => _bytes = Bytes32.From(bytes);

    public void CopyTo(Span<byte> destination) => _bytes.CopyTo(destination);

    /// <exception cref="FormatException">The text is not base58 of 32 bytes; the message says where it fails.</exception>
    public static Blockhash Parse(ReadOnlySpan<char> text) =>
        TryParse(text, out var hash, out var flaw) ? hash : throw new FormatException($"Blockhash: {flaw}.");

    public static bool TryParse(
        ReadOnlySpan<char> text, out Blockhash hash, [NotNullWhen(false)] out string? flaw)
    {
        Span<byte> bytes = stackalloc byte[Length];
        var isRead = Base58Text.TryDecode(text, bytes, out flaw);
        hash = isRead ? new(bytes) : default;
        return isRead;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Length];
        CopyTo(bytes);
        return Base58Text.Encode(bytes);
    }
}

using System.Diagnostics.CodeAnalysis;
using SimpleBase;

namespace Stk.Solana.Keys;

/// <summary>Base58 with Bitcoin's alphabet, of a known number of bytes: 32 for keys and hashes, 64 for signatures.</summary>
public static class Base58Text
{
    // The longest text of 64 bytes is 88 characters; a longer one is refused before any arithmetic.
    private const int LongestText = 88;

    public static string Encode(ReadOnlySpan<byte> bytes) => Base58.Bitcoin.Encode(bytes);

    /// <summary>Fills <paramref name="bytes"/> exactly, or says what is wrong with the text.</summary>
    public static bool TryDecode(
        ReadOnlySpan<char> text, Span<byte> bytes, [NotNullWhen(false)] out string? flaw)
    {
        flaw = Flaw(text);
        if (flaw is not null)
        {
            return false;
        }

        Span<byte> decoded = stackalloc byte[LongestText];
        if (!Base58.Bitcoin.TryDecode(text, decoded, out var length) || length != bytes.Length)
        {
            flaw = $"{bytes.Length} bytes are needed, and this base58 text is not of that length";
            return false;
        }

        decoded[..length].CopyTo(bytes);
        return true;
    }

    private static string? Flaw(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > LongestText)
        {
            return $"base58 text of 1 to {LongestText} characters is needed, not of {text.Length}";
        }

        for (var place = 0; place < text.Length; place++)
        {
            if (!IsBase58(text[place]))
            {
                return text[place] is '0' or 'O' or 'I' or 'l'
                    ? $"'{text[place]}' at {place} is left out of base58, for it is easily misread"
                    : $"the character at {place} is not base58";
            }
        }

        return null;
    }

    private static bool IsBase58(char character) =>
        char.IsAsciiLetterOrDigit(character) && character is not ('0' or 'O' or 'I' or 'l');
}

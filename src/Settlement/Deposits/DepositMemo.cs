using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Stk.Solana.Keys;

namespace Stk.Settlement.Deposits;

/// <summary>
/// The code by which what is sent to us is its sender's: <c>stk-17-k3q7x0ab</c>, the participant's number and letters that
/// prove that it was copied whole. It is the same for ever, and another installation's names nobody here.
/// </summary>
public static class DepositMemo
{
    private const string Prefix = "stk-";

    // Crockford's: none looks like another.
    private const string Letters = "0123456789abcdefghjkmnpqrstvwxyz";

    // 5 bits each: one slip in a million million names anybody.
    private const int CheckLength = 8;

    /// <summary>Of letters, digits and <c>-</c>: it needs no escaping in an address.</summary>
    /// <param name="participant">The number.</param>
    public static string Of(PublicKey mint, long participant) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{participant}-{Check(mint, participant)}");

    /// <summary>Whether a memo is exactly such a code, but for spaces around it and for capitals.</summary>
    public static bool TryRead(PublicKey mint, [NotNullWhen(true)] string? memo, out long participant)
    {
        participant = 0;
        var text = memo?.Trim();
        return text?.Split('-') is [_, var number, _]
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out participant)
            && participant > 0
            && string.Equals(text, Of(mint, participant), StringComparison.OrdinalIgnoreCase);
    }

    private static string Check(PublicKey mint, long participant)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"stk deposit {mint} {participant}")));
        return string.Create(CheckLength, hash, static (letters, bytes) =>
        {
            for (var place = 0; place < letters.Length; place++)
            {
                letters[place] = Letters[bytes[place] % Letters.Length];
            }
        });
    }
}

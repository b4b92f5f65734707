using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Stk.Rules.Wallets;

/// <summary>What a wallet is asked to sign before it is linked.</summary>
public static class Challenges
{
    /// <summary>How long an answer is taken, by the host's clock: a manual clock may stand.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    /// <summary>Unit: bytes at random.</summary>
    public const int NonceBytes = 16;

    private const int MostNameCharacters = 200;

    /// <summary>What a nonce must look like to be one.</summary>
    public static bool IsNonce(string text) => text.Length == 2 * NonceBytes && text.All(char.IsAsciiHexDigitLower);

    /// <summary>
    /// What the holder reads and signs: for whom, and that the chain forgets nothing. It names the participant, so that a
    /// proof cannot be laid under another's link.
    /// </summary>
    public static string Statement(string participant) =>
        $"Link this wallet to the STK account {NameOf(participant)}. Payouts to it are public on Solana for ever.";

    // The format has ASCII alone, on one line; a blank would end the name.
    private static string NameOf(string participant)
    {
        var escaped = Uri.EscapeDataString(participant);
        return escaped.Length <= MostNameCharacters
            ? escaped
            : string.Create(
                CultureInfo.InvariantCulture,
                $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(participant)))}");
    }
}

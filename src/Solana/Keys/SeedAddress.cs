using System.Security.Cryptography;
using System.Text;

namespace Stk.Solana.Keys;

/// <summary>
/// Addresses that a key has without another key: SHA-256 of the key, a text and the owner. Whoever knows the key's address
/// knows these.
/// </summary>
/// <remarks>docs.rs/solana-pubkey, <c>Pubkey::create_with_seed</c>.</remarks>
public static class SeedAddress
{
    /// <param name="keyed">Must sign where the account is made.</param>
    /// <param name="seed">At most 32 bytes.</param>
    /// <param name="owner">The program that may write it.</param>
    public static PublicKey Of(PublicKey keyed, string seed, PublicKey owner)
    {
        var text = Encoding.UTF8.GetBytes(seed);
        return text.Length <= ProgramAddress.LongestSeed
            ? new(SHA256.HashData([.. keyed.ToArray(), .. text, .. owner.ToArray()]))
            : throw new ArgumentException(
                $"The seed has {text.Length} bytes, and {ProgramAddress.LongestSeed} are the most.", nameof(seed));
    }
}

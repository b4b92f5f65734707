namespace Stk.Solana.Keys;

/// <summary>
/// The points of ed25519 whose multiples are few: under such a key a signature may be good that nobody made.
/// </summary>
/// <remarks>Orders 1, 2, 4 and 8, and what is read as one of them: libsodium's <c>ge25519_has_small_order</c>.</remarks>
public static class SmallOrder
{
    // The sign bit, the highest of the last byte, is left out.
    private static readonly byte[][] Points =
    [
        Convert.FromHexString("0000000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("0100000000000000000000000000000000000000000000000000000000000000"),
        Convert.FromHexString("26E8958FC2B227B045C3F489F2EF98F0D5DFAC05D3C63339B13802886D53FC05"),
        Convert.FromHexString("C7176A703D4DD84FBA3C0B760D10670F2A2053FA2C39CCC64EC7FD7792AC037A"),
        Convert.FromHexString("ECFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F"),
        Convert.FromHexString("EDFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F"),
        Convert.FromHexString("EEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF7F"),
    ];

    /// <summary>Whether a key is such a point.</summary>
    public static bool Has(PublicKey key)
    {
        Span<byte> bytes = stackalloc byte[PublicKey.Length];
        key.CopyTo(bytes);
        bytes[^1] &= 0x7F;
        foreach (var point in Points)
        {
            if (bytes.SequenceEqual(point))
            {
                return true;
            }
        }

        return false;
    }
}

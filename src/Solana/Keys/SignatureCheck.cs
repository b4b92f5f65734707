using System.Buffers.Binary;
using NSec.Cryptography;

namespace Stk.Solana.Keys;

/// <summary>What a signature is worth over a message, under a key.</summary>
public enum SignatureVerdict
{
    Valid = 1,

    /// <summary>All zeros: nobody has signed yet.</summary>
    Missing = 2,

    /// <summary>
    /// The scalar is not below the group's order: a second form of a valid signature, RFC 8032 section 5.1.7.
    /// </summary>
    Malleable = 3,

    /// <summary>The key is no point of the curve: a program-derived address cannot sign.</summary>
    KeyOffCurve = 4,

    /// <summary>Another message, another key, a point of small order or noise.</summary>
    Wrong = 5,
}

/// <summary>Verifies ed25519 as strictly as the chain does.</summary>
public static class SignatureCheck
{
    // L = 2^252 + 27742317777372353535851937790883648493, from the highest limb down.
    private static readonly ulong[] Order =
        [0x1000000000000000, 0x0000000000000000, 0x14DEF9DEA2F79CD6, 0x5812631A5CF5D3ED];

    public static SignatureVerdict Verify(PublicKey key, ReadOnlySpan<byte> message, Signature signature)
    {
        if (signature == Signature.Missing)
        {
            return SignatureVerdict.Missing;
        }

        Span<byte> signatureBytes = stackalloc byte[Signature.Length];
        signature.CopyTo(signatureBytes);
        if (!IsBelowOrder(signatureBytes[32..]))
        {
            return SignatureVerdict.Malleable;
        }

        Span<byte> keyBytes = stackalloc byte[PublicKey.Length];
        key.CopyTo(keyBytes);
        if (!CurvePoint.IsPoint(keyBytes))
        {
            return SignatureVerdict.KeyOffCurve;
        }

        var isValid =
            NSec.Cryptography.PublicKey.TryImport(
                SignatureAlgorithm.Ed25519, keyBytes, KeyBlobFormat.RawPublicKey, out var imported)
            && SignatureAlgorithm.Ed25519.Verify(imported!, message, signatureBytes);
        return isValid ? SignatureVerdict.Valid : SignatureVerdict.Wrong;
    }

    private static bool IsBelowOrder(ReadOnlySpan<byte> scalar)
    {
        for (var limb = 0; limb < Order.Length; limb++)
        {
            var part = BinaryPrimitives.ReadUInt64LittleEndian(scalar[(24 - (8 * limb))..]);
            if (part != Order[limb])
            {
                return part < Order[limb];
            }
        }

        return false;
    }
}

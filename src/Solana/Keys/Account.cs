using System.Security.Cryptography;
using NSec.Cryptography;

namespace Stk.Solana.Keys;

/// <summary>A key pair: it signs, and its public key is its address. The secret stays in locked memory.</summary>
public sealed class Account : IDisposable
{
    /// <summary>Unit: bytes of the secret seed.</summary>
    public const int SeedLength = 32;

    /// <summary>Seed and public key in a row, as Solana's tools keep a pair. Unit: bytes.</summary>
    public const int PairLength = SeedLength + Keys.PublicKey.Length;

    private readonly Key _secret;

    private Account(Key secret)
    {
        _secret = secret;
        PublicKey = new(secret.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    public PublicKey PublicKey { get; }

    /// <summary>A new pair, at random.</summary>
    public static Account Create()
    {
        Span<byte> seed = stackalloc byte[SeedLength];
        RandomNumberGenerator.Fill(seed);
        try
        {
            return FromSeed(seed);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(seed);
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">Not 32 bytes.</exception>
    public static Account FromSeed(ReadOnlySpan<byte> seed)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(seed.Length, SeedLength);
        return new(Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey));
    }

    /// <summary>From seed and public key in a row.</summary>
    /// <exception cref="FormatException">Not 64 bytes, or the public key is not that of the seed.</exception>
    public static Account FromPair(ReadOnlySpan<byte> pair)
    {
        if (pair.Length != PairLength)
        {
            throw new FormatException($"Key pair: {PairLength} bytes are needed, not {pair.Length}.");
        }

        var account = FromSeed(pair[..SeedLength]);
        if (account.PublicKey == new PublicKey(pair[SeedLength..]))
        {
            return account;
        }

        // One damaged byte, and money would go to an address whose key nobody has.
        account.Dispose();
        throw new FormatException("Key pair: the public key is not that of the seed.");
    }

    /// <summary>From seed and public key in base58, as wallets export a pair.</summary>
    /// <exception cref="FormatException">Not base58 of 64 bytes, or the halves do not belong together.</exception>
    public static Account FromBase58(ReadOnlySpan<char> text)
    {
        Span<byte> pair = stackalloc byte[PairLength];
        try
        {
            return Base58Text.TryDecode(text, pair, out var flaw)
                ? FromPair(pair)
                : throw new FormatException($"Key pair: {flaw}.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pair);
        }
    }

    public Signature Sign(ReadOnlySpan<byte> message)
    {
        Span<byte> signature = stackalloc byte[Signature.Length];
        SignatureAlgorithm.Ed25519.Sign(_secret, message, signature);
        return new(signature);
    }

    public void Dispose() => _secret.Dispose();
}

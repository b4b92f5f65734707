using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Stk.Hosting.Tokens;

/// <summary>The public keys, by their exact id. Read once, at the start: a new key needs a restart.</summary>
public sealed class TokenKeys
{
    public const string Suffix = ".pub.pem";

    private readonly FrozenDictionary<string, ECDsaSecurityKey> _keys;

    private TokenKeys(FrozenDictionary<string, ECDsaSecurityKey> keys) => _keys = keys;

    public ImmutableArray<string> Ids => [.. _keys.Keys.Order(StringComparer.Ordinal)];

    /// <exception cref="InvalidDataException">A file is no public key for ES256.</exception>
    public static TokenKeys Read(string directory) => new(Directory.EnumerateFiles(directory, "*" + Suffix)
        .ToFrozenDictionary(file => Path.GetFileName(file)[..^Suffix.Length], ReadKey, StringComparer.Ordinal));

    public ECDsaSecurityKey? Find(string? id) => id is null ? null : _keys.GetValueOrDefault(id);

    private static ECDsaSecurityKey ReadKey(string file)
    {
#pragma warning disable CA2000 // Lives as long as the host: the security key holds it.
        var key = ECDsa.Create();
#pragma warning restore CA2000
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            throw new InvalidDataException($"{file} holds no EC public key in PEM.", exception);
        }

        if (key.KeySize != 256)
        {
            throw new InvalidDataException($"{file} is no key for ES256: it has {key.KeySize} bits.");
        }

        return new(key)
        {
            KeyId = Path.GetFileName(file)[..^Suffix.Length],
            // The default factory caches by key id across the process, and tests make many keys.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = true },
        };
    }
}

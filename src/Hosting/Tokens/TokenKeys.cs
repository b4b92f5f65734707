using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.Tokens;

namespace Stk.Hosting.Tokens;

/// <summary>The public keys, by their exact id. Read once, at the start: a new key needs a restart.</summary>
public sealed class TokenKeys
{
    public const string Suffix = ".pub.pem";

    /// <summary>How the names of keys begin that are for development.</summary>
    private const string DevelopmentPrefix = "development-";

    private const string Setting = $"{TokenOptions.Section}:{nameof(TokenOptions.KeysDirectory)}";

    private readonly FrozenDictionary<string, ECDsaSecurityKey> _keys;

    private TokenKeys(FrozenDictionary<string, ECDsaSecurityKey> keys) => _keys = keys;

    public ImmutableArray<string> Ids => [.. _keys.Keys.Order(StringComparer.Ordinal)];

    /// <summary>No key: no token is believed.</summary>
    public static TokenKeys None { get; } = new(FrozenDictionary<string, ECDsaSecurityKey>.Empty);

    /// <summary>Those of the configured directory.</summary>
    /// <exception cref="RefusedToStartException">
    /// There is no directory, no key in it, a file that is none, or in Production a key for development.
    /// </exception>
    public static TokenKeys Read(IConfiguration configuration, bool isProduction)
    {
        var directory = configuration[Setting];
        if (string.IsNullOrWhiteSpace(directory))
        {
            throw new RefusedToStartException($"No keys: set {Setting} to where the public keys are.");
        }

        if (!Directory.Exists(directory))
        {
            throw new RefusedToStartException($"No keys: {Setting}, {directory}, does not exist.");
        }

        try
        {
            var keys = Read(directory);
            return keys.Ids.Length == 0
                ? throw new RefusedToStartException($"No keys: there is no *{Suffix} in {directory}.")
                : isProduction && keys.Ids.FirstOrDefault(IsForDevelopment) is { } key
                    ? throw new RefusedToStartException($"The key {key} is for development: it is not accepted in Production.")
                    : keys;
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new RefusedToStartException(exception.Message, exception);
        }
    }

    /// <exception cref="InvalidDataException">A file is no public key for ES256.</exception>
    public static TokenKeys Read(string directory) => new(Directory.EnumerateFiles(directory, "*" + Suffix)
        .ToFrozenDictionary(file => Path.GetFileName(file)[..^Suffix.Length], ReadKey, StringComparer.Ordinal));

    public ECDsaSecurityKey? Find(string? id) => id is null ? null : _keys.GetValueOrDefault(id);

    private static bool IsForDevelopment(string id) =>
        id.StartsWith(DevelopmentPrefix, StringComparison.OrdinalIgnoreCase);

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

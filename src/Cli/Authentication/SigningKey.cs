using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Stk.Cli.Authentication;

/// <summary>
/// An ES256 key pair: <c>NAME.key.pem</c> for whoever signs, mode 600, and <c>NAME.pub.pem</c> for the hosts. The name
/// is the key's id; a host in Production refuses ids that begin with <c>development-</c>.
/// </summary>
internal sealed class SigningKey : IDisposable
{
    public const string PrivateSuffix = ".key.pem";
    public const string PublicSuffix = ".pub.pem";

    private readonly ECDsa _key;

    private SigningKey(string id, ECDsa key)
    {
        Id = id;
        _key = key;
    }

    /// <summary>The <c>kid</c> in a token's header.</summary>
    public string Id { get; }

    public SigningCredentials Credentials =>
        new(new ECDsaSecurityKey(_key) { KeyId = Id }, SecurityAlgorithms.EcdsaSha256)
        {
            // The factory caches by key id across the process: tests make many keys.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };

    /// <summary>Makes a pair. Returns the private key's file.</summary>
    /// <exception cref="IOException">A key of this name exists: it is never overwritten.</exception>
    public static string Make(string directory, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Directory.CreateDirectory(directory);
        var file = Path.Combine(directory, name + PrivateSuffix);
        Write(Path.Combine(directory, name + PublicSuffix), key.ExportSubjectPublicKeyInfoPem(), isSecret: false);
        // Last: a pair that was interrupted has no private key, and nobody signs with half a pair.
        Write(file, key.ExportPkcs8PrivateKeyPem(), isSecret: true);
        return file;
    }

    /// <exception cref="InvalidDataException">The file is no private key of ours.</exception>
    public static SigningKey Read(string file)
    {
        if (!file.EndsWith(PrivateSuffix, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{file} is no private key: its name must end in {PrivateSuffix}.");
        }

        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            if (key.KeySize != 256)
            {
                throw new InvalidDataException($"{file} is no key for ES256: it has {key.KeySize} bits.");
            }

            return new(Path.GetFileName(file)[..^PrivateSuffix.Length], key);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException($"{file} holds no EC private key in PEM: {exception.Message}", exception);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    public void Dispose() => _key.Dispose();

    private static void Write(string file, string text, bool isSecret)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (isSecret && !OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(file, options);
        writer.WriteLine(text);
    }
}

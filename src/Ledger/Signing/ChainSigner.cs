using System.Text;
using NSec.Cryptography;
using Stk.Ledger.Machine;

namespace Stk.Ledger.Signing;

/// <summary>
/// Signs what this silo adds to a chain, with an Ed25519 key that is in a file and in no table: whoever has the database
/// alone cannot. Safe for several threads. The secret stays in locked memory.
/// </summary>
public sealed class ChainSigner : IDisposable
{
    private const UnixFileMode OthersMay =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
        UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // A PKCS#8 key of Ed25519 has some 120 characters; more is another kind of file.
    private const int LongestFile = 4_096;

    private readonly Key _key;

    private ChainSigner(Key key) => _key = key;

    /// <summary>The public key as a block of PEM, as <see cref="SigningPublicKeys"/> reads it.</summary>
    public string PublicKeyText => Encoding.ASCII.GetString(_key.PublicKey.Export(KeyBlobFormat.PkixPublicKeyText));

    /// <summary>A new key, at random, for a process that stores nothing of value.</summary>
    public static ChainSigner Create() => new(Key.Create(SignatureAlgorithm.Ed25519));

    /// <summary>Reads a private key: PKCS#8 in PEM, as <c>openssl genpkey -algorithm ed25519</c> makes it too.</summary>
    /// <exception cref="SigningKeyException">It is missing, readable by others than its owner, or no such key.</exception>
    public static ChainSigner Read(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & OthersMay) != 0)
            {
                throw new SigningKeyException(path, "others than its owner may read or write it; set its mode to 400");
            }

            if (new FileInfo(path).Length > LongestFile)
            {
                throw new SigningKeyException(path, $"it is longer than {LongestFile} bytes, which no key file is");
            }

            return new(Key.Import(
                SignatureAlgorithm.Ed25519, File.ReadAllBytes(path), KeyBlobFormat.PkixPrivateKeyText));
        }
        catch (FormatException flaw)
        {
            throw new SigningKeyException(path, "it is no Ed25519 key in PEM (BEGIN PRIVATE KEY)", flaw);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new SigningKeyException(path, "it cannot be read", missing);
        }
    }

    /// <summary>Writes a new key: the private one of mode 400, the public one at the end of its file.</summary>
    /// <exception cref="IOException">There is a private key already: it is never written over.</exception>
    public static void Write(string path, string publicPath)
    {
        using var key = Key.Create(
            SignatureAlgorithm.Ed25519, new() { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead;
        }

        using var signer = new ChainSigner(key);
        // The public one first: a key whose public half nobody has would sign what nobody can check.
        File.AppendAllText(publicPath, signer.PublicKeyText.TrimEnd() + "\n");
        using var file = new FileStream(path, options);
        file.Write(key.Export(KeyBlobFormat.PkixPrivateKeyText));
    }

    /// <summary>The signature of a chain's head: 64 bytes.</summary>
    public byte[] Sign(SignedChain chain, long sequence, Digest hash)
    {
        Span<byte> bytes = stackalloc byte[SignedBytes.Length];
        SignedBytes.Write(bytes, chain, sequence, hash);
        return SignatureAlgorithm.Ed25519.Sign(_key, bytes);
    }

    public void Dispose() => _key.Dispose();
}

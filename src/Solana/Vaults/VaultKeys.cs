using System.Security.Cryptography;
using Stk.Solana.Keys;

namespace Stk.Solana.Vaults;

/// <summary>
/// The keys of STK on chain, each in a file of its own, so that each can live elsewhere: the mint's, which signs once;
/// the mint authority's, which makes tokens; the vault's, which holds them; the float's, which pays out and pays fees.
/// </summary>
public sealed class VaultKeys : IDisposable
{
    private const string MintFile = "mint.json";
    private const string MintAuthorityFile = "mint-authority.json";
    private const string VaultFile = "vault.json";
    private const string FloatFile = "float.json";

    private VaultKeys(Account mint, Account mintAuthority, Account vault, Account payoutFloat)
    {
        Mint = mint;
        MintAuthority = mintAuthority;
        Vault = vault;
        PayoutFloat = payoutFloat;
    }

    public Account Mint { get; }

    public Account MintAuthority { get; }

    public Account Vault { get; }

    /// <summary>What settlement works with: little of it is at stake where its key is lost.</summary>
    public Account PayoutFloat { get; }

    public VaultAddresses Addresses =>
        VaultAddresses.Of(Mint.PublicKey, MintAuthority.PublicKey, Vault.PublicKey, PayoutFloat.PublicKey);

    /// <summary>Reads the four files of a directory and makes those that are missing, mode 600.</summary>
    /// <inheritdoc cref="Read(string)"/>
    public static VaultKeys ReadOrMake(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        foreach (var name in (string[])[MintFile, MintAuthorityFile, VaultFile, FloatFile])
        {
            var path = Path.Combine(directory, name);
            if (!File.Exists(path))
            {
                KeyFile.Write(path, RandomNumberGenerator.GetBytes(Account.SeedLength));
            }
        }

        return Read(directory);
    }

    /// <summary>Reads the four files of a directory.</summary>
    /// <exception cref="KeyFileException">A file is missing, is no key, or others may read it.</exception>
    /// <exception cref="ArgumentException">Two of the files hold the same key.</exception>
    public static VaultKeys Read(string directory)
    {
        var keys = new VaultKeys(One(MintFile), One(MintAuthorityFile), One(VaultFile), One(FloatFile));
        if (keys.All.DistinctBy(account => account.PublicKey).Count() == keys.All.Count())
        {
            return keys;
        }

        keys.Dispose();
        throw new ArgumentException($"Two keys in {directory} are the same: each has a duty of its own.", nameof(directory));

        Account One(string name)
        {
            var path = Path.Combine(directory, name);
            return File.Exists(path) ? KeyFile.Read(path) : throw new KeyFileException(path, "it is missing");
        }
    }

    private IEnumerable<Account> All => [Mint, MintAuthority, Vault, PayoutFloat];

    public void Dispose()
    {
        foreach (var account in All)
        {
            account.Dispose();
        }
    }
}

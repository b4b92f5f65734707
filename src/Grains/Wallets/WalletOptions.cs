using System.ComponentModel.DataAnnotations;
using Stk.Solana.Keys;
using Stk.Solana.Vaults;

namespace Stk.Grains.Wallets;

/// <summary>What a silo knows of STK on chain. Without the four addresses nothing is linked and nothing is paid.</summary>
public sealed class WalletOptions : IValidatableObject
{
    public const string Section = "Stk:Settlement";

    private static readonly string[] Chains = ["mainnet", "testnet", "devnet", "localnet"];

    /// <summary>Base58, as <c>./stk chain init</c> prints them; public.</summary>
    public string? Mint { get; set; }

    /// <inheritdoc cref="Mint"/>
    public string? MintAuthority { get; set; }

    /// <inheritdoc cref="Mint"/>
    public string? Vault { get; set; }

    /// <inheritdoc cref="Mint"/>
    public string? PayoutFloat { get; set; }

    /// <summary>What wallets call the chain: mainnet, testnet, devnet or localnet.</summary>
    public string Chain { get; set; } = "mainnet";

    /// <summary>Null where they are not given.</summary>
    public VaultAddresses? Addresses => Mint is null || MintAuthority is null || Vault is null || PayoutFloat is null
        ? null
        : VaultAddresses.Of(
            PublicKey.Parse(Mint), PublicKey.Parse(MintAuthority), PublicKey.Parse(Vault), PublicKey.Parse(PayoutFloat));

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        (string Name, string? Address)[] addresses =
            [
                (nameof(Mint), Mint), (nameof(MintAuthority), MintAuthority), (nameof(Vault), Vault),
                (nameof(PayoutFloat), PayoutFloat),
            ];
        foreach (var (name, address) in addresses)
        {
            if (address is not null && !PublicKey.TryParse(address, out _, out var flaw))
            {
                yield return new($"{Section}:{name} is no address: {flaw}.", [name]);
            }
        }

        if (addresses.Any(given => given.Address is null) && addresses.Any(given => given.Address is not null))
        {
            yield return new($"{Section} has some of Mint, MintAuthority, Vault and PayoutFloat, and not all.", [nameof(Mint)]);
        }

        if (!Chains.Contains(Chain, StringComparer.Ordinal))
        {
            yield return new($"{Section}:Chain must be one of {string.Join(", ", Chains)}.", [nameof(Chain)]);
        }
    }
}

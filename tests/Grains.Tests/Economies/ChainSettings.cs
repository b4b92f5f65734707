using Stk.Solana.Keys;
using Stk.Testing.Chain;

namespace Stk.Grains.Tests.Economies;

/// <summary>What silos are told of a chain: its nodes, and whose addresses STK's are.</summary>
internal static class ChainSettings
{
    /// <summary>Of keys that are the same in every run.</summary>
    public static string Mint { get; } = Address(101);

    public static string MintAuthority { get; } = Address(102);

    public static string Vault { get; } = Address(103);

    public static string PayoutFloat { get; } = Address(104);

    public static Dictionary<string, string?> Of(LocalChain chain)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Stk:Settlement:Mint"] = Mint,
            ["Stk:Settlement:MintAuthority"] = MintAuthority,
            ["Stk:Settlement:Vault"] = Vault,
            ["Stk:Settlement:PayoutFloat"] = PayoutFloat,
            ["Stk:Settlement:Chain"] = "localnet",
            // A test may take away a node's answers; nobody waits long for the others.
            ["Solana:Retries"] = "1",
            ["Solana:RetryDelayMs"] = "1",
        };
        foreach (var (place, (name, url)) in chain.Nodes.Index())
        {
            settings[$"Solana:Nodes:{place}:Name"] = name;
            settings[$"Solana:Nodes:{place}:Url"] = url.ToString();
        }

        return settings;
    }

    private static string Address(byte seed)
    {
        using var account = Account.FromSeed([.. Enumerable.Repeat(seed, Account.SeedLength)]);
        return account.PublicKey.ToString();
    }
}

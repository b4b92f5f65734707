using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.ChainActs;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;
using Stk.Testing;
using Stk.Testing.Chain;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.ChainActs;

/// <summary>A chain of its own with STK's mint, vault and float, whose keys the test holds as people would.</summary>
internal sealed class KeyHolders : IAsyncDisposable
{
    // Unit: ms. Slots go by quickly: what is final is so some 32 of them later.
    private const int SlotMs = 40;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stk-keys-");

    private KeyHolders(LocalChain chain)
    {
        Chain = chain;
        Keys = VaultKeys.ReadOrMake(_folder.FullName);
    }

    public LocalChain Chain { get; }

    public VaultKeys Keys { get; }

    public static async Task<KeyHolders> Begin() => new(await LocalChain.Start(slotMs: SlotMs));

    /// <summary>For silos that settle; their signer is the test's.</summary>
    public Dictionary<string, string?> Settings()
    {
        var settings = ChainSettings.Of(Chain);
        var ours = Keys.Addresses;
        settings["Stk:Settlement:Mint"] = ours.Mint.ToString();
        settings["Stk:Settlement:MintAuthority"] = ours.MintAuthority.ToString();
        settings["Stk:Settlement:Vault"] = ours.Vault.ToString();
        settings["Stk:Settlement:PayoutFloat"] = ours.PayoutFloat.ToString();
        // A silo says that it has one; what it asks is the test's.
        settings["Stk:Settlement:Signer"] = "none";
        settings[TestSigner.Setting] = Path.Combine(_folder.FullName, "float.json");
        return settings;
    }

    /// <summary>Makes mint, vault, float and nonces.</summary>
    public Task MakeVault(TestEconomy economy) =>
        new VaultSetup(Node(economy), TimeProvider.System).Run(Keys, mayAirdrop: true, CancellationToken.None);

    public static IRpcClient Node(TestEconomy economy) => economy.ServiceOf<ISolanaNodes>(0).All[0];

    public static IChainActsGrain Acts(TestEconomy economy) => economy.Grains.GetGrain<IChainActsGrain>(0);

    /// <summary>Asked for by one operator and approved by another.</summary>
    public static async Task<Guid> Approved(TestEconomy economy, string kind, Amount? amount, string? text = null)
    {
        var asked = Done(await Acts(economy).Ask(
            new(NewKey(), kind, amount, text, "for a test", TwoPersons.First), default));
        Assert.Equal("asked", asked.State);
        return Done(await Acts(economy).Decide(Yes(asked.Id), default)).Id;
    }

    public static DecideApprovalRequest Yes(Guid act, string by = TwoPersons.Second) =>
        new(NewKey(), act, IsApproved: true, "looked at", by);

    /// <summary>What is offered, signed with a key.</summary>
    public static async Task<byte[]> Sign(TestEconomy economy, Guid act, Account key)
    {
        var offered = await Eventually.Get(
            async () => (await Acts(economy).Get(act, default))?.ToSign, until: offer => offer?.Transaction is not null,
            $"act {act} can be signed");
        var message = Transaction.Parse(offered!.Transaction!.Value.AsSpan()).Message; // waited for
        return Transaction.Sign(message, key).Serialize();
    }

    /// <summary>Signed, brought, and final.</summary>
    public static async Task<ChainActView> Land(TestEconomy economy, Guid act, Account key)
    {
        var bytes = await Sign(economy, act, key);
        Assert.IsType<SignedActReply.Done>(
            await Acts(economy).PutSigned(new(NewKey(), act, [.. bytes], TwoPersons.First), default));
        return (await Eventually.Get(
            () => Acts(economy).Get(act, default), until: view => view?.State == "finalized", $"act {act} is final"))!; // waited for
    }

    public async ValueTask DisposeAsync()
    {
        await Chain.DisposeAsync();
        Keys.Dispose();
        _folder.Delete(recursive: true);
    }
}

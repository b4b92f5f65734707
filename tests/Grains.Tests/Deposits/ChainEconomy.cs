using Stk.GrainInterfaces.Participants;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Tests.Payouts;
using Stk.Rules.Money;
using Stk.Rules.Payouts;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;
using Stk.Testing;
using Stk.Testing.Chain;
using Stk.Verification;
using Stk.Verification.Chain;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Deposits;

/// <summary>An economy that settles over a real chain, whose slots go on by themselves, and people with wallets.</summary>
internal sealed class ChainEconomy : IAsyncDisposable
{
    // Unit: ms. Slots go by quickly: what is final is so some 32 of them later.
    private const int SlotMs = 40;

    private const int FeeLamports = 1_000_000_000;

    private readonly DirectoryInfo _folder;

    private ChainEconomy(DirectoryInfo folder, LocalChain chain, VaultKeys keys, TestEconomy economy) =>
        (_folder, Chain, Keys, Economy) = (folder, chain, keys, economy);

    public LocalChain Chain { get; }

    public VaultKeys Keys { get; }

    public TestEconomy Economy { get; }

    public VaultAddresses Ours => Keys.Addresses;

    public IRpcClient Node => Economy.ServiceOf<ISolanaNodes>(0).All[0];

    public static async Task<ChainEconomy> Start(EconomyServer server, Amount floatHolds)
    {
        var folder = Directory.CreateTempSubdirectory("stk-keys-");
        var chain = await LocalChain.Start(slotMs: SlotMs);
        var keys = VaultKeys.ReadOrMake(folder.FullName);
        var settings = ChainSettings.Of(chain);
        settings["Stk:Settlement:Mint"] = keys.Addresses.Mint.ToString();
        settings["Stk:Settlement:MintAuthority"] = keys.Addresses.MintAuthority.ToString();
        settings["Stk:Settlement:Vault"] = keys.Addresses.Vault.ToString();
        settings["Stk:Settlement:PayoutFloat"] = keys.Addresses.PayoutFloat.ToString();
        // A silo says that it has one; what it asks is the test's.
        settings["Stk:Settlement:Signer"] = "none";
        settings[TestSigner.Setting] = Path.Combine(folder.FullName, "float.json");
        var economy = await server.NewEconomy(new(More: settings));
        var started = new ChainEconomy(folder, chain, keys, economy);
        await economy.Begin(TestEconomy.FirstWeek);
        await new VaultSetup(started.Node, TimeProvider.System).Run(keys, mayAirdrop: true, CancellationToken.None);
        var ours = keys.Addresses;
        await started.Send(
            keys.PayoutFloat,
            [TokenProgram.MintTo(ours.Mint, ours.FloatTokens, (ulong)floatHolds.Micro, ours.MintAuthority)],
            keys.MintAuthority);
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        await Economy.DisposeAsync();
        await Chain.DisposeAsync();
        Keys.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>Somebody with a ripe wallet that holds so much and can pay fees.</summary>
    public async Task<string> Paid(Account wallet, Amount amount)
    {
        var id = $"de-{Guid.NewGuid():N}";
        await Economy.Fund(id, amount);
        await Economy.Link(id, wallet);
        await Economy.Ripen();
        var payout = Done(await Economy.Spender(id).Withdraw(
            new(NewKey(), amount, PayableWallets.Fresh), CancellationToken.None)).Id;
        await Eventually.Get(
            async () => await Economy.Grains.GetGrain<IRecordsGrain>(id).GetPayout(payout, CancellationToken.None),
            until: view => view?.Stage == PayoutStage.Paid, $"payout {payout} is paid");
        await Airdrop(wallet);
        return id;
    }

    public async Task Airdrop(Account account)
    {
        (await Node.RequestAirdrop(account.PublicKey, FeeLamports, Commitment.Confirmed, CancellationToken.None)).Required();
        await Eventually.True(
            async () => (await Node.GetAccountInfo(account.PublicKey, ReadAt.Confirmed, CancellationToken.None))
                .Required() is not null,
            "the account can pay fees");
    }

    public PublicKey TokensOf(PublicKey wallet) =>
        AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(wallet, Ours.Mint);

    public TransactionInstruction Transfer(Account from, PublicKey toTokens, Amount amount) => TokenProgram.TransferChecked(
        TokensOf(from.PublicKey), toTokens, (ulong)amount.Micro, VaultSetup.Decimals, from.PublicKey, Ours.Mint);

    /// <summary>Sends it until it is final; whether it succeeded is the test's to know.</summary>
    public async Task<Signature> Send(
        Account payer, IEnumerable<TransactionInstruction> instructions, params Account[] more) =>
        await Send(payer, instructions, table: null, more);

    public async Task<Signature> Send(
        Account payer, IEnumerable<TransactionInstruction> instructions, LookupTable? table, params Account[] more)
    {
        var latest = (await Node.GetLatestBlockHash(ReadAt.Confirmed, CancellationToken.None)).Required();
        var builder = new TransactionBuilder().SetFeePayer(payer.PublicKey).SetRecentBlockHash(latest.Blockhash)
            .AddInstructions(instructions);
        var transaction = (table is { } with ? builder.AddLookupTable(with) : builder).Build([payer, .. more]);
        (await Node.SendTransaction(transaction, new SendOptions(SkipPreflight: true), CancellationToken.None)).Required();
        await Eventually.True(
            async () => await Node.GetTransaction(transaction.Id, Commitment.Finalized, CancellationToken.None)
                is RpcResult<LandedTransaction?>.Answered { Value: not null },
            $"{transaction.Id} is final");
        return transaction.Id;
    }

    /// <summary>What differs between chain and ledger, by the nodes that show all.</summary>
    public async Task<string[]> Mismatches()
    {
        var findings = await new ChainCheck(Economy.Database, Economy.ServiceOf<ISolanaNodes>(0).All, Ours).Run()
            .ToListAsync();
        Assert.Contains(findings, finding => finding is { Trouble: null, Transactions: > 0 });
        return [.. findings.SelectMany(finding => finding.Mismatches).Distinct()];
    }

    public async Task Holds()
    {
        Assert.Empty(await Mismatches());
        Assert.Null(await Economy.Verify());
        await foreach (var finding in new InvariantsCheck(Economy.Database).Run())
        {
            Assert.True(finding.Holds, $"{finding}: {string.Join("; ", finding.Violations)}");
        }
    }
}

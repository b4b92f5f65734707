using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Payouts;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Payouts;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Solana.Vaults;
using Stk.Testing;
using Stk.Testing.Chain;
using Stk.Verification;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Payouts;

/// <summary>Payouts from the withdrawal to the wallet, over a real chain whose slots go on by themselves.</summary>
[Collection(EconomyCollection.Name)]
#pragma warning disable CA1001 // xunit calls DisposeAsync of IAsyncLifetime, which disposes them.
public sealed class SettlementTests(EconomyServer server) : IAsyncLifetime
#pragma warning restore CA1001
{
    // Unit: ms. Slots go by quickly: what is final is so some 32 of them later.
    private const int SlotMs = 40;

    private static readonly Amount FloatHolds = Amount.OfStk(500);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stk-keys-");
    private LocalChain? _chain;
    private TestEconomy? _economy;
    private VaultKeys? _keys;

    private TestEconomy Economy => _economy ?? throw new InvalidOperationException("not begun");

    public async Task InitializeAsync()
    {
        _chain = await LocalChain.Start(slotMs: SlotMs);
        _keys = VaultKeys.ReadOrMake(_folder.FullName);
        var ours = _keys.Addresses;
        var settings = ChainSettings.Of(_chain);
        settings["Stk:Settlement:Mint"] = ours.Mint.ToString();
        settings["Stk:Settlement:MintAuthority"] = ours.MintAuthority.ToString();
        settings["Stk:Settlement:Vault"] = ours.Vault.ToString();
        settings["Stk:Settlement:PayoutFloat"] = ours.PayoutFloat.ToString();
        // A silo says that it has one; what it asks is the test's.
        settings["Stk:Settlement:Signer"] = "none";
        settings[TestSigner.Setting] = Path.Combine(_folder.FullName, "float.json");
        _economy = await server.NewEconomy(new(More: settings));
        await _economy.Begin(TestEconomy.FirstWeek);
        await new VaultSetup(Node, TimeProvider.System).Run(_keys, mayAirdrop: true, CancellationToken.None);
        await FillFloat(_keys);
    }

    public async Task DisposeAsync()
    {
        if (_economy is not null)
        {
            await _economy.DisposeAsync();
        }

        if (_chain is not null)
        {
            await _chain.DisposeAsync();
        }

        _keys?.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Withdrawals_reach_their_wallets_once_and_ledger_and_chain_are_equal()
    {
        using var first = Account.Create();
        using var second = Account.Create();
        var (ann, bob) = (await Funded(), await Funded());
        await Economy.Link(ann, first);
        await Economy.Link(bob, second);
        await Economy.Ripen();

        var one = await Withdraw(ann, Amount.OfStk(10));
        var two = await Withdraw(bob, Amount.OfStk(20));
        var three = await Withdraw(ann, Amount.OfStk(5));

        var paid = await Ended(ann, one);
        await Ended(bob, two);
        await Ended(ann, three);
        Assert.Equal(PayoutStage.Paid, paid.Stage);
        Assert.NotNull(paid.Signature);
        Assert.NotNull(paid.Slot);
        Assert.Equal((Amount.OfStk(15), Amount.OfStk(20)), (await OnChain(first), await OnChain(second)));
        Assert.Equal(
            Amount.OfStk(35).Micro, await Economy.Ask<long>("SELECT balance_micro FROM ledger.accounts WHERE kind = 5"));
        Assert.Equal(
            2L, await Economy.Ask<long>(
                $"SELECT count(*) FROM notices.notices WHERE kind = '{NoticeKinds.PayoutPaid}' AND participant = {await Economy.NumberOf(ann)}"));
        await Holds();
    }

    [Fact]
    public async Task A_payout_that_cannot_be_paid_fails_alone_and_says_why()
    {
        using var good = Account.Create();
        using var taken = Account.Create();
        var (ann, bob) = (await Funded(), await Funded());
        await Economy.Link(ann, good);
        await Economy.Link(bob, taken);
        await Economy.Ripen();
        // A program has taken the address since it was linked.
        await _chain!.Command(new // made at the start
        {
            command = "accounts",
            accounts = new[]
            {
                new
                {
                    address = taken.PublicKey.ToString(), lamports = 2_039_280, owner = TokenProgram.ProgramId.ToString(),
                    data = Convert.ToBase64String(new byte[TokenAccount.Size]),
                },
            },
        });

        var one = await Withdraw(ann, Amount.OfStk(10));
        var two = await Withdraw(bob, Amount.OfStk(20));

        var returned = await Ended(bob, two);
        Assert.Equal((PayoutStage.Returned, PayoutReason.NotSystemOwned), (returned.Stage, returned.Reason));
        Assert.Equal(Amount.OfStk(100), await Economy.Available(bob));
        Assert.Equal(PayoutStage.Paid, (await Ended(ann, one)).Stage);
        Assert.Equal(Amount.OfStk(10), await OnChain(good));
        await Holds();
    }

    private IRpcClient Node => Economy.ServiceOf<ISolanaNodes>(0).All[0];

    private async Task FillFloat(VaultKeys keys)
    {
        var ours = keys.Addresses;
        var latest = (await Node.GetLatestBlockHash(ReadAt.Confirmed, CancellationToken.None)).Required();
        var transaction = new TransactionBuilder()
            .SetFeePayer(ours.PayoutFloat)
            .SetRecentBlockHash(latest.Blockhash)
            .AddInstruction(TokenProgram.MintTo(ours.Mint, ours.FloatTokens, (ulong)FloatHolds.Micro, ours.MintAuthority))
            .Build(keys.PayoutFloat, keys.MintAuthority);
        (await Node.SendTransaction(transaction, new SendOptions(), CancellationToken.None)).Required();
        await Eventually.True(
            async () => await Node.GetTokenAccountBalance(ours.FloatTokens, ReadAt.Finalized, CancellationToken.None)
                is RpcResult<TokenAmount>.Answered { Value.Amount: > 0 },
            "the float is filled for good");
    }

    private async Task<string> Funded()
    {
        var id = $"st-{Guid.NewGuid():N}";
        await Economy.Fund(id, Amount.OfStk(100));
        return id;
    }

    private async Task<Guid> Withdraw(string id, Amount amount) => Done(await Economy.Spender(id).Withdraw(
        new(NewKey(), amount, PayableWallets.Fresh), CancellationToken.None)).Id;

    private async Task<PayoutView> Ended(string id, Guid payout) => (await Eventually.Get(
        async () => await Economy.Grains.GetGrain<IRecordsGrain>(id).GetPayout(payout, CancellationToken.None),
        until: view => view?.Stage is PayoutStage.Paid or PayoutStage.Returned,
        $"payout {payout} ends"))!; // waited for

    private async Task<Amount> OnChain(Account wallet)
    {
        var account = AssociatedTokenAccountProgram.DeriveAssociatedTokenAccount(
            wallet.PublicKey, _keys!.Addresses.Mint); // made at the start
        return new((long)(await Node.GetTokenAccountBalance(account, ReadAt.Finalized, CancellationToken.None))
            .Required().Amount);
    }

    private async Task Holds()
    {
        Assert.Null(await Economy.Verify());
        string[] looked = ["I16", "I20", "I31", "I32", "I33", "I34"];
        await foreach (var finding in new InvariantsCheck(Economy.Database).Run())
        {
            Assert.True(
                !looked.Contains(finding.Invariant.Name) || finding.Holds,
                $"{finding}: {string.Join("; ", finding.Violations)}");
        }
    }
}

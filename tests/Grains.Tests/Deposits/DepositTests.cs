using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Wallets;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Deposits;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Testing;
using Xunit;

namespace Stk.Grains.Tests.Deposits;

/// <summary>What comes back from wallets, over a real chain.</summary>
[Collection(EconomyCollection.Name)]
public sealed class DepositTests(EconomyServer server)
{
    private static readonly Amount Dust = new(1);

    [Fact]
    public async Task What_arrives_is_whose_its_memo_names_or_whose_wallet_has_sent_it_and_else_nobodys()
    {
        await using var chain = await ChainEconomy.Start(server, Amount.OfStk(500));
        using var wallet = Account.Create();
        using var stranger = Account.Create();
        var ann = await chain.Paid(wallet, Amount.OfStk(100));
        var bob = $"de-{Guid.NewGuid():N}";
        await chain.Economy.Fund(bob, Amount.OfStk(1));
        var memo = (await Wallet(chain, bob)).Deposit!.Memo; // settlement is on
        var ours = chain.Ours;

        await chain.Send(wallet, [chain.Transfer(wallet, ours.VaultTokens, Amount.OfStk(10))]);
        await chain.Send(
            wallet,
            [
                chain.Transfer(wallet, ours.FloatTokens, Amount.OfStk(5)),
                MemoProgram.NewMemo($" {memo.ToUpperInvariant()} "),
            ]);
        // The sender is nobody's, and the memo no code; PostgreSQL would not take it as it is.
        await chain.Airdrop(stranger);
        await chain.Send(
            wallet,
            [
                AssociatedTokenAccountProgram.CreateIdempotent(
                    wallet.PublicKey, stranger.PublicKey, ours.Mint),
                chain.Transfer(wallet, chain.TokensOf(stranger.PublicKey), Amount.OfStk(20)),
            ]);
        await chain.Send(
            stranger, [chain.Transfer(stranger, ours.VaultTokens, Amount.OfStk(4)), MemoProgram.NewMemo("for \0 me")]);
        // It names our account and moves nothing.
        await chain.Send(stranger, [chain.Transfer(stranger, ours.VaultTokens, Amount.OfStk(4_000))]);
        await chain.Send(stranger, [chain.Transfer(stranger, ours.VaultTokens, Dust), MemoProgram.NewMemo(memo)]);

        var arrived = await Arrived(chain, 4);
        Assert.Equal(
            [
                (Dust, DepositState.Credited, bob), (Amount.OfStk(4), DepositState.Suspense, null),
                (Amount.OfStk(5), DepositState.Credited, bob), (Amount.OfStk(10), DepositState.Credited, ann),
            ],
            arrived.OrderBy(one => one.Amount.Micro).Select(one => (one.Amount, one.State, one.Participant)));
        Assert.Equal("for \uFFFD me", arrived.Single(one => one.State == DepositState.Suspense).Memo);
        Assert.Equal(
            (Amount.OfStk(10), Amount.OfStk(6) + Dust),
            (await chain.Economy.Available(ann), await chain.Economy.Available(bob)));
        Assert.Equal(
            (Amount.OfStk(100), Amount.OfStk(10)), ((await Wallet(chain, ann)).Sent, (await Wallet(chain, ann)).Deposited));
        Assert.Equal(
            [Dust, Amount.OfStk(5)],
            (await Records(chain, bob).GetDeposits(new(null, 10), default)).Deposits.Select(one => one.Amount).Order(
                Comparer<Amount>.Create((left, right) => left.Micro.CompareTo(right.Micro))));
        // Dust is credited, and wakes nobody.
        Assert.Equal(
            2L, await chain.Economy.Ask<long>(
                $"SELECT count(*) FROM notices.notices WHERE kind = '{NoticeKinds.DepositReceived}'"));
        Assert.Equal(
            500_000_000L, await chain.Economy.Ask<long>("SELECT sum(minted_micro)::bigint FROM settlement.cursors"));
        Assert.Equal(0L, await chain.Economy.Ask<long>("SELECT count(*) FROM settlement.differences"));
        await chain.Holds();
    }

    [Fact]
    public async Task While_a_node_has_gaps_nothing_is_credited_and_then_all_is_once()
    {
        await using var chain = await ChainEconomy.Start(server, Amount.OfStk(500));
        using var wallet = Account.Create();
        var ann = await chain.Paid(wallet, Amount.OfStk(100));
        var node = chain.Chain.Nodes[1].Name;
        await chain.Chain.Command(new { command = "lie", node, addresses = new[] { $"{chain.Ours.VaultTokens}" } });

        var sent = await chain.Send(wallet, [chain.Transfer(wallet, chain.Ours.VaultTokens, Amount.OfStk(3))]);
        // The float's account is read meanwhile, behind it.
        await chain.Send(wallet, [chain.Transfer(wallet, chain.Ours.FloatTokens, Amount.OfStk(2))]);
        Assert.Equal(Amount.OfStk(2), Assert.Single(await Arrived(chain, 1)).Amount);

        await chain.Chain.Command(new { command = "heal" });
        var arrived = await Arrived(chain, 2);

        Assert.Equal($"{sent}", arrived[0].Signature);
        Assert.Equal(Amount.OfStk(5), await chain.Economy.Available(ann));
        await chain.Holds();
    }

    [Fact]
    public async Task Out_of_a_lookup_table_it_arrives_too_and_what_the_vaults_key_sends_is_ours_or_a_difference()
    {
        await using var chain = await ChainEconomy.Start(server, Amount.OfStk(500));
        using var wallet = Account.Create();
        var ann = await chain.Paid(wallet, Amount.OfStk(100));
        var ours = chain.Ours;
        var slot = (await chain.Node.GetSlot(ReadAt.Finalized, default)).Required();
        var (create, table) = AddressLookupTableProgram.CreateLookupTable(wallet.PublicKey, wallet.PublicKey, slot);
        await chain.Send(
            wallet,
            [
                create,
                AddressLookupTableProgram.ExtendLookupTable(
                    table, wallet.PublicKey, wallet.PublicKey, [ours.VaultTokens]),
            ]);
        await chain.Send(
            wallet, [chain.Transfer(wallet, ours.VaultTokens, Amount.OfStk(9))],
            new LookupTable(table, [ours.VaultTokens]));
        Assert.Equal(ann, Assert.Single(await Arrived(chain, 1)).Participant);

        // By hand: to the float, and to somebody.
        var vault = chain.Keys.Vault;
        await chain.Airdrop(vault);
        await chain.Send(vault, [chain.Transfer(vault, ours.FloatTokens, Amount.OfStk(4))]);
        var taken = await chain.Send(vault, [chain.Transfer(vault, chain.TokensOf(wallet.PublicKey), Amount.OfStk(3))]);

        await Eventually.True(
            async () => await chain.Economy.Ask<long>("SELECT count(*) FROM settlement.differences") == 1,
            "what was taken is found");
        Assert.Equal(
            [$"{taken} 3000000 It went to {wallet.PublicKey}."],
            await chain.Economy.Rows("SELECT signature, amount_micro, details FROM settlement.differences"));
        await Arrived(chain, 1);
        Assert.Equal(Amount.OfStk(9), await chain.Economy.Available(ann));
        await chain.Holds();
    }

    private static async Task<WalletReply.Done> Wallet(ChainEconomy chain, string id) => Assert.IsType<WalletReply.Done>(
        await chain.Economy.Grains.GetGrain<IWalletGrain>(id).Get(CancellationToken.None));

    private static IRecordsGrain Records(ChainEconomy chain, string id) => chain.Economy.Grains.GetGrain<IRecordsGrain>(id);

    private static async Task<IReadOnlyList<DepositView>> Arrived(ChainEconomy chain, int count) => (await Eventually.Get(
        async () => await chain.Economy.Grains.GetGrain<IDepositDeskGrain>(0).List(new(null, 100), null, default),
        until: page => page.Deposits.Length >= count, $"{count} deposits are in the ledger")).Deposits;
}

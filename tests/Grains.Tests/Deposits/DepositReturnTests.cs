using Stk.GrainInterfaces.ChainActs;
using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Reconciling;
using Stk.Grains.Tests.ChainActs;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Approvals;
using Stk.Rules.Deposits;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Solana.Keys;
using Stk.Solana.Messages;
using Stk.Solana.Programs;
using Stk.Solana.Rpc;
using Stk.Testing;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Deposits;

/// <summary>What is nobody's goes back to whom it came from, over a real chain.</summary>
[Collection(EconomyCollection.Name)]
public sealed class DepositReturnTests(EconomyServer server)
{
    private static readonly Amount Sent = Amount.OfStk(4);

    [Fact]
    public async Task What_is_nobodys_goes_back_once_by_two_and_the_vaults_key()
    {
        await using var chain = await ChainEconomy.Start(server, Amount.OfStk(500));
        using var wallet = Account.Create();
        using var stranger = Account.Create();
        var deposit = await Suspended(chain, wallet, stranger);

        Assert.Equal(
            SpendingRefusal.UnknownDeposit,
            Refused(await Desk(chain).SendBack(new(NewKey(), Guid.NewGuid(), "is not ours", TwoPersons.First), default)));
        ReturnDepositRequest word = new(NewKey(), deposit.Id, "is not ours", TwoPersons.First);
        Assert.Equal(ApprovalState.Waiting, Done(await Desk(chain).SendBack(word, default)).State);
        Assert.Equal(DepositState.Suspense, (await Find(chain)).State);
        var act = Done(await Desk(chain).SendBack(word with { Key = NewKey(), By = TwoPersons.Second }, default));
        Assert.Equal((ApprovalState.Approved, DepositState.Returning), (act.State, (await Find(chain)).State));
        Assert.Equal(
            SpendingRefusal.ActNotPossible, Refused(await Desk(chain).SendBack(word with { Key = NewKey() }, default)));

        // The account that it came from is gone meanwhile, and is made anew.
        var tokens = chain.TokensOf(stranger.PublicKey);
        await chain.Send(
            stranger,
            [
                new(
                    TokenProgram.ProgramId,
                    [
                        AccountMeta.Writable(tokens), AccountMeta.Writable(stranger.PublicKey),
                        AccountMeta.ReadOnly(stranger.PublicKey, isSigner: true),
                    ],
                    [9]), // CloseAccount
            ]);
        var landed = await KeyHolders.Land(chain.Economy, act.Id, chain.Keys.Vault);
        var returned = await Ended(chain, DepositState.Returned);

        Assert.Equal(("return", $"{stranger.PublicKey}", Sent), (landed.Kind, landed.To, landed.Amount));
        Assert.Equal((landed.Signature, null), (returned.ReturnedBy, returned.Participant));
        Assert.Equal(
            (ulong)Sent.Micro,
            (await chain.Node.GetTokenAccountBalance(tokens, ReadAt.Finalized, default)).Required().Amount);
        Assert.Equal(
            [$"{Amount.OfStk(100).Micro}", "0"],
            await chain.Economy.Rows("SELECT balance_micro FROM ledger.accounts WHERE kind IN (5, 9) ORDER BY kind"));
        Assert.True((await Reconciled(chain)).Matches);
        await chain.Holds();
    }

    [Fact]
    public async Task What_has_failed_on_chain_is_in_suspense_again_and_goes_back_by_another_act()
    {
        await using var chain = await ChainEconomy.Start(server, Amount.OfStk(500));
        using var wallet = Account.Create();
        using var stranger = Account.Create();
        var deposit = await Suspended(chain, wallet, stranger);
        var vault = chain.Keys.Vault;
        ReturnDepositRequest word = new(NewKey(), deposit.Id, "is not ours", TwoPersons.First);
        Done(await Desk(chain).SendBack(word, default));
        var first = Done(await Desk(chain).SendBack(word with { Key = NewKey(), By = TwoPersons.Second }, default)).Id;

        // Signed while the vault could pay, sent by hand when it cannot: its nonce is used up, and nothing has moved.
        var bytes = await KeyHolders.Sign(chain.Economy, first, vault);
        await chain.Send(vault, [chain.Transfer(vault, chain.Ours.FloatTokens, Sent)]);
        var transaction = Transaction.Parse(bytes);
        (await chain.Node.SendTransaction(transaction, new SendOptions(SkipPreflight: true), default)).Required();
        await Eventually.True(
            async () => (await chain.Node.GetTransaction(transaction.Id, Commitment.Finalized, default)).Required()
                is { Failure: not null },
            "it has failed for good");
        Assert.IsType<SignedActReply.Done>(await KeyHolders.Acts(chain.Economy).PutSigned(
            new(NewKey(), first, [.. bytes], TwoPersons.First), default));
        var again = await Ended(chain, DepositState.Suspense);
        Assert.Equal("failed", (await KeyHolders.Acts(chain.Economy).Get(first, default))!.State); // asked for above
        Assert.Null(again.ReturnedBy);
        await chain.Holds();

        var owner = chain.Keys.PayoutFloat;
        await chain.Send(owner, [chain.Transfer(owner, chain.Ours.VaultTokens, Sent)]);
        Done(await Desk(chain).SendBack(word with { Key = NewKey() }, default));
        var second = Done(await Desk(chain).SendBack(word with { Key = NewKey(), By = TwoPersons.Second }, default)).Id;
        await KeyHolders.Land(chain.Economy, second, vault);
        await Ended(chain, DepositState.Returned);
        Assert.True((await Reconciled(chain)).Matches);
        await chain.Holds();
    }

    // Somebody without a linked wallet has sent it, and has no more than it.
    private static async Task<DepositView> Suspended(ChainEconomy chain, Account wallet, Account stranger)
    {
        await chain.Paid(wallet, Amount.OfStk(100));
        await chain.Airdrop(stranger);
        await chain.Send(
            wallet,
            [
                AssociatedTokenAccountProgram.CreateIdempotent(wallet.PublicKey, stranger.PublicKey, chain.Ours.Mint),
                chain.Transfer(wallet, chain.TokensOf(stranger.PublicKey), Sent),
            ]);
        await chain.Send(stranger, [chain.Transfer(stranger, chain.Ours.VaultTokens, Sent)]);
        return await Ended(chain, DepositState.Suspense);
    }

    private static IDepositDeskGrain Desk(ChainEconomy chain) => chain.Economy.Grains.GetGrain<IDepositDeskGrain>(0);

    private static async Task<DepositView> Find(ChainEconomy chain) =>
        Assert.Single((await Desk(chain).List(new(null, 10), null, default)).Deposits);

    private static async Task<DepositView> Ended(ChainEconomy chain, DepositState state) => (await Eventually.Get(
        async () => (await Desk(chain).List(new(null, 10), state, default)).Deposits.SingleOrDefault(),
        until: one => one is not null, $"the deposit is {state}"))!; // waited for

    private static async Task<ReconciledSums> Reconciled(ChainEconomy chain)
    {
        var desk = chain.Economy.Grains.GetGrain<IReconciliationDeskGrain>(0);
        await desk.Ask(new(NewKey(), "a look", TwoPersons.First), default);
        var asked = (await desk.List(new(null, 10), default)).Reconciliations.First(one => one.Cause == "asked").Number;
        return (await Eventually.Get(
            async () => (await desk.List(new(null, 100), default)).Reconciliations.Single(one => one.Number == asked).Sums,
            until: sums => sums is not null, $"reconciliation {asked} is done"))!; // waited for
    }
}

using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Reconciling;
using Stk.GrainInterfaces.Settling;
using Stk.Grains.Tests.Deposits;
using Stk.Grains.Tests.Economies;
using Stk.Grains.Tests.Payouts;
using Stk.Rules.Approvals;
using Stk.Rules.Deposits;
using Stk.Rules.Money;
using Stk.Rules.Payouts;
using Stk.Rules.Spending;
using Stk.Solana.Keys;
using Stk.Solana.Programs;
using Stk.Testing;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Reconciling;

/// <summary>Ledger and chain held against each other, over a real chain.</summary>
[Collection(EconomyCollection.Name)]
public sealed class ReconciliationTests(EconomyServer server)
{
    [Fact]
    public async Task What_anybody_sends_or_burns_is_no_difference_and_what_is_nobodys_two_assign()
    {
        await using var chain = await ChainEconomy.Start(server, Amount.OfStk(500));
        using var wallet = Account.Create();
        using var stranger = Account.Create();
        var ann = await chain.Paid(wallet, Amount.OfStk(100));
        var ours = chain.Ours;
        await chain.Airdrop(stranger);
        await chain.Send(
            wallet,
            [
                AssociatedTokenAccountProgram.CreateIdempotent(wallet.PublicKey, stranger.PublicKey, ours.Mint),
                chain.Transfer(wallet, chain.TokensOf(stranger.PublicKey), Amount.OfStk(20)),
            ]);
        await chain.Send(stranger, [chain.Transfer(stranger, ours.VaultTokens, Amount.OfStk(4))]);
        await chain.Send(
            wallet,
            [TokenProgram.Burn(
                chain.TokensOf(wallet.PublicKey), ours.Mint, (ulong)Amount.OfStk(7).Micro, wallet.PublicKey)]);

        var sums = await Reconciled(chain);

        Assert.True(sums.Matches, string.Join(' ', sums.Details));
        Assert.Equal(
            (Amount.OfStk(493), Amount.OfStk(4), Amount.OfStk(400), Amount.OfStk(89), Amount.OfStk(7), Amount.OfStk(4)),
            (sums.Supply, sums.Vault, sums.FloatHeld, sums.Outside, sums.BurnedByHolders, sums.Suspense));
        var waiting = Assert.Single((await Deposits(chain).List(new(null, 10), DepositState.Suspense, default)).Deposits);
        Assert.Equal(
            SpendingRefusal.UnknownParticipant,
            Refused(await Deposits(chain).Assign(new(NewKey(), waiting.Id, "nobody", "hers", TwoPersons.First), default)));
        Assert.Equal(
            SpendingRefusal.UnknownDeposit,
            Refused(await Deposits(chain).Assign(new(NewKey(), Guid.NewGuid(), ann, "hers", TwoPersons.First), default)));
        AssignDepositRequest word = new(NewKey(), waiting.Id, ann, "she has shown it", TwoPersons.First);
        Assert.Equal(ApprovalState.Waiting, Done(await Deposits(chain).Assign(word, default)).State);
        Assert.Equal(Amount.Zero, await chain.Economy.Available(ann));
        Assert.Equal(
            ApprovalState.Approved,
            Done(await Deposits(chain).Assign(word with { Key = NewKey(), By = TwoPersons.Second }, default)).State);
        Assert.Equal(Amount.OfStk(4), await chain.Economy.Available(ann));
        Assert.Equal(
            SpendingRefusal.ActNotPossible,
            Refused(await Deposits(chain).Assign(word with { Key = NewKey() }, default)));

        Assert.True((await Reconciled(chain)).Matches);
        Assert.Null((await Desk(chain).GetStatus(default)).Pause);
        await chain.Holds();
    }

    [Fact]
    public async Task What_is_taken_holds_payouts_until_two_have_covered_it_and_two_go_on()
    {
        await using var chain = await ChainEconomy.Start(server, Amount.OfStk(500));
        using var wallet = Account.Create();
        var ann = await chain.Paid(wallet, Amount.OfStk(100));
        await chain.Economy.Fund(ann, Amount.OfStk(5));
        var thief = chain.Keys.PayoutFloat;
        var taken = await chain.Send(
            thief, [chain.Transfer(thief, chain.TokensOf(wallet.PublicKey), Amount.OfStk(3))]);

        var pause = (await Eventually.Get(
            async () => (await Desk(chain).GetStatus(default)).Pause, until: one => one is not null, "payouts are held"))!;
        var difference = Assert.Single(await Reserves(chain).ListDifferences(default));
        var sums = await Reconciled(chain);

        Assert.Equal((PauseCause.Mismatch, null), (pause.Because, pause.By));
        Assert.Contains($"{wallet.PublicKey}", pause.Details, StringComparison.Ordinal);
        Assert.Equal(("left", Amount.OfStk(3), $"{taken}"), (difference.Kind, difference.Amount, difference.Signature));
        Assert.False(sums.Matches);
        Assert.Equal(
            SpendingRefusal.SettlementPaused,
            Refused(await chain.Economy.Spender(ann).Withdraw(
                new(NewKey(), Amount.OfStk(1), PayableWallets.Fresh), default)));

        CoverDifferenceRequest word = new(NewKey(), difference.Id, "the key was stolen", TwoPersons.First);
        Assert.Equal(
            SpendingRefusal.UnknownDifference,
            Refused(await Reserves(chain).Cover(word with { Key = NewKey(), Difference = Guid.NewGuid() }, default)));
        Assert.Equal(ApprovalState.Waiting, Done(await Reserves(chain).Cover(word, default)).State);
        Assert.Equal(
            ApprovalState.Approved,
            Done(await Reserves(chain).Cover(word with { Key = NewKey(), By = TwoPersons.Second }, default)).State);
        Assert.Empty(await Reserves(chain).ListDifferences(default));
        Assert.Equal(
            Amount.OfStk(103).Micro,
            await chain.Economy.Ask<long>("SELECT balance_micro FROM ledger.accounts WHERE kind = 5"));

        await Desk(chain).Resume(new(NewKey(), "it is covered", TwoPersons.First), default);
        await Desk(chain).Resume(new(NewKey(), "it is covered", TwoPersons.Second), default);
        Assert.True((await Reconciled(chain)).Matches);
        Assert.Null((await Desk(chain).GetStatus(default)).Pause);
        await chain.Holds();
    }

    private static ISettlementDeskGrain Desk(ChainEconomy chain) =>
        chain.Economy.Grains.GetGrain<ISettlementDeskGrain>(0);

    private static IDepositDeskGrain Deposits(ChainEconomy chain) => chain.Economy.Grains.GetGrain<IDepositDeskGrain>(0);

    private static IReconciliationDeskGrain Reserves(ChainEconomy chain) =>
        chain.Economy.Grains.GetGrain<IReconciliationDeskGrain>(0);

    // Asked for after what the test has done, and so of a slot that is not before it.
    private static async Task<ReconciledSums> Reconciled(ChainEconomy chain)
    {
        await Reserves(chain).Ask(new(NewKey(), "a look", TwoPersons.First), default);
        var asked = (await Reserves(chain).List(new(null, 10), default)).Reconciliations
            .First(one => one.Cause == "asked").Number;
        return (await Eventually.Get(
            async () => (await Reserves(chain).List(new(null, 100), default)).Reconciliations
                .Single(one => one.Number == asked).Sums,
            until: sums => sums is not null, $"reconciliation {asked} is done"))!; // waited for
    }
}

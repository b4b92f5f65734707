using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Payouts;
using Stk.Rules.Spending;
using Stk.Solana.Keys;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Payouts;

/// <summary>What a participant takes out by hand, where nobody signs: what is taken waits.</summary>
[Collection(EconomyCollection.Name)]
public sealed class WithdrawalTests(EconomyServer server)
{
    [Fact]
    public async Task A_withdrawal_is_set_aside_in_one_commit_and_a_repeat_finds_it()
    {
        var (economy, _) = await server.SharedWithChain();
        using var wallet = Account.Create();
        var id = await Ripe(economy, wallet);
        var key = NewKey();

        var first = Done(await Withdraw(economy, id, Amount.OfStk(40), key));
        var again = await Withdraw(economy, id, Amount.OfStk(40), key);

        Assert.Equal(
            (key.Id, Amount.OfStk(40), wallet.PublicKey.ToString(), PayoutStage.Waiting),
            (first.Id, first.Amount, first.Address, first.Stage));
        Assert.True(Assert.IsType<SpendingReply<PayoutView>.Done>(again).IsReplay);
        Assert.Equal(Amount.OfStk(60), await economy.Available(id));
        var number = await economy.NumberOf(id);
        Assert.Equal(
            Amount.OfStk(40).Micro,
            await economy.Ask<long>($"SELECT balance_micro FROM ledger.accounts WHERE kind = 8 AND owner = {number}"));
        var page = await economy.Grains.GetGrain<IRecordsGrain>(id).GetPayouts(new(null, 10), CancellationToken.None);
        Assert.Equal([first.Id], page.Payouts.Select(payout => payout.Id));
        Assert.Null(await economy.Verify());
    }

    [Fact]
    public async Task Nothing_leaves_without_a_ripe_wallet_a_fresh_sign_in_enough_to_take_and_a_settlement_that_goes_on()
    {
        var (economy, _) = await server.SharedWithChain();
        var id = $"wd-{Guid.NewGuid():N}";
        await economy.Fund(id, Amount.OfStk(100));
        using var wallet = Account.Create();

        Assert.Equal(SpendingRefusal.NoWallet, Refused(await Withdraw(economy, id, Amount.OfStk(1))));
        await economy.Link(id, wallet);
        Assert.Equal(SpendingRefusal.WalletWaiting, Refused(await Withdraw(economy, id, Amount.OfStk(1))));
        await economy.Ripen();
        Assert.Equal(SpendingRefusal.BelowMinimum, Refused(await Withdraw(economy, id, new(999_999))));
        Assert.Equal(SpendingRefusal.InsufficientFunds, Refused(await Withdraw(economy, id, Amount.OfStk(101))));
        Assert.Equal(
            SpendingRefusal.LoginNotFresh,
            Refused(await economy.Spender(id).Withdraw(
                new(NewKey(), Amount.OfStk(1), DateTimeOffset.UtcNow.AddMinutes(-6)), CancellationToken.None)));
        await economy.Execute("UPDATE settlement.state SET paused_because = 1, paused_since = now()");
        try
        {
            Assert.Equal(SpendingRefusal.SettlementPaused, Refused(await Withdraw(economy, id, Amount.OfStk(1))));
        }
        finally
        {
            await economy.Execute("UPDATE settlement.state SET paused_because = NULL, paused_since = NULL");
        }

        Assert.Equal(Amount.OfStk(100), await economy.Available(id));
        Assert.Equal(0L, await economy.Ask<long>(
            $"SELECT count(*) FROM settlement.payouts WHERE participant = {await economy.NumberOf(id)}"));
    }

    [Fact]
    public async Task What_no_batch_has_is_called_off_once_and_is_available_again()
    {
        var (economy, _) = await server.SharedWithChain();
        using var wallet = Account.Create();
        var id = await Ripe(economy, wallet);
        var payout = Done(await Withdraw(economy, id, Amount.OfStk(40)));
        var key = NewKey();

        var returned = Done(await CallOff(economy, id, payout.Id, key));

        Assert.Equal((PayoutStage.Returned, PayoutReason.CalledOff), (returned.Stage, returned.Reason));
        Assert.Equal(Amount.OfStk(100), await economy.Available(id));
        Assert.IsType<SpendingReply<PayoutView>.Done>(await CallOff(economy, id, payout.Id, key));
        Assert.Equal(SpendingRefusal.PayoutUnderWay, Refused(await CallOff(economy, id, payout.Id)));
        Assert.Equal(SpendingRefusal.UnknownPayout, Refused(await CallOff(economy, id, Guid.NewGuid())));
        Assert.Null(await economy.Verify());
    }

    [Theory]
    [InlineData("amount_micro = amount_micro + 1", "amount_micro = amount_micro - 1")]
    [InlineData("at = at - interval '1 day'", "at = at + interval '1 day'")]
    [InlineData("week = 202401", "week = NULL")]
    public async Task What_is_changed_in_a_payout_is_named(string alter, string undo)
    {
        var (economy, _) = await server.SharedWithChain();
        using var wallet = Account.Create();
        var payout = Done(await Withdraw(economy, await Ripe(economy, wallet), Amount.OfStk(40)));

        await economy.Execute($"UPDATE settlement.payouts SET {alter} WHERE id = '{payout.Id}'");

        Assert.Contains("settlement.payouts", await economy.Verify(), StringComparison.Ordinal);
        await economy.Execute($"UPDATE settlement.payouts SET {undo} WHERE id = '{payout.Id}'");
        Assert.Null(await economy.Verify());
    }

    private static async Task<string> Ripe(TestEconomy economy, Account wallet)
    {
        var id = $"wd-{Guid.NewGuid():N}";
        await economy.Fund(id, Amount.OfStk(100));
        await economy.Link(id, wallet);
        await economy.Ripen();
        return id;
    }

    private static Task<SpendingReply<PayoutView>> Withdraw(
        TestEconomy economy, string id, Amount amount, RequestKey? key = null) =>
        economy.Spender(id).Withdraw(new(key ?? NewKey(), amount, PayableWallets.Fresh), CancellationToken.None);

    private static Task<SpendingReply<PayoutView>> CallOff(
        TestEconomy economy, string id, Guid payout, RequestKey? key = null) =>
        economy.Spender(id).CallPayoutOff(new(key ?? NewKey(), payout), CancellationToken.None);
}

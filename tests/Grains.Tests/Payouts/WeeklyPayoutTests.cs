using System.Collections.Immutable;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Wallets;
using Stk.Grains.Payouts;
using Stk.Grains.Tests.Economies;
using Stk.Rules.Money;
using Stk.Rules.Payouts;
using Stk.Rules.Wallets;
using Stk.Solana.Keys;
using Xunit;
using static Stk.Grains.Tests.Economies.Spenders;

namespace Stk.Grains.Tests.Payouts;

/// <summary>What a week's run takes to wallets by itself.</summary>
[Collection(EconomyCollection.Name)]
public sealed class WeeklyPayoutTests(EconomyServer server)
{
    private const string Source = "posthog";

    [Fact]
    public async Task What_a_week_has_released_goes_to_the_wallet_of_who_has_chosen_so_once_and_of_nobody_else()
    {
        var (economy, _) = await server.SharedWithChain();
        using var first = Account.Create();
        using var second = Account.Create();
        using var third = Account.Create();
        var (weekly, keeps, unripe) = (NewId(), NewId(), NewId());
        await economy.Fund(weekly, Amount.OfStk(100));
        await economy.Fund(keeps, Amount.OfStk(100));
        await economy.Fund(unripe, Amount.OfStk(100));
        await economy.Link(weekly, first);
        await economy.Link(keeps, second);
        await Choose(economy, weekly);
        var week = await economy.BeginWeek();
        await economy.Record(
            Source, [.. new[] { weekly, keeps, unripe }.Select(id => Sent.Of(id, "SectionCompleted", week.Start.AddHours(7)))]);
        // Whose wallet waits when the week's run comes is not paid by it.
        await economy.RunTo(week.End.AddHours(-1));
        await economy.Link(unripe, third);
        await Choose(economy, unripe);

        await economy.Close(week);

        var reward = Assert.Single(
            (await economy.Participant(weekly).GetRewards(new(null, 10), CancellationToken.None)).Rewards,
            one => one.Week == week);
        var payout = Assert.Single(await Payouts(economy, weekly));
        Assert.True(reward.Available > Amount.Zero);
        Assert.Equal(
            (week, reward.Available, first.PublicKey.ToString(), PayoutStage.Waiting),
            (payout.Week, payout.Amount, payout.Address, payout.Stage));
        Assert.Equal(Amount.OfStk(100), await economy.Available(weekly));
        Assert.Empty(await Payouts(economy, keeps));
        Assert.Empty(await Payouts(economy, unripe));

        // As after a death: whatever was written is found.
        await economy.ServiceOf<WeekWithdrawals>(0).Run(week);
        Assert.Equal([payout.Id], (await Payouts(economy, weekly)).Select(one => one.Id));
        Assert.Null(await economy.Verify());
    }

    private static string NewId() => $"wp-{Guid.NewGuid():N}";

    private static async Task Choose(TestEconomy economy, string id) => Assert.IsType<WalletReply.Done>(
        await economy.Grains.GetGrain<IWalletGrain>(id).SetMode(
            new(NewKey(), WalletMode.Weekly, PayableWallets.Fresh), CancellationToken.None));

    private static async Task<ImmutableArray<PayoutView>> Payouts(TestEconomy economy, string id) =>
        (await economy.Grains.GetGrain<IRecordsGrain>(id).GetPayouts(new(null, 10), CancellationToken.None)).Payouts;
}

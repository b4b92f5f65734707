using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Economy;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Suspensions;
using Stk.Grains.Wallets;
using Stk.Rules.Payouts;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using Stk.Rules.Wallets;
using Stk.Rules.Weeks;
using PayoutPlan = Stk.Grains.Requests.RequestPlan<
    Stk.GrainInterfaces.Payouts.PayoutView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Payouts;

/// <summary>What a participant takes to the linked wallet by hand, and what they call off.</summary>
internal sealed class Withdrawals(
    KeyedWrites writes, PayoutTable payouts, WalletTable wallets, WalletChain chain, SiloSuspensions suspensions,
    EconomyCache economy, IGrainFactory grains, IClock clock, TimeProvider time)
{
    // As of tokens: how far the clocks of whoever signs them and of this host may be apart.
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    public async Task<SpendingReply<PayoutView>> Withdraw(
        Payer payer, WithdrawRequest request, CancellationToken cancellation)
    {
        var check = new SuspensionCheck(suspensions);
        var reply = await writes.Spend(
            request.Key,
            () => Plan(payer, request, check, cancellation),
            stored => First(payer, stored.Id),
            cancellation,
            () => check.FreshObjection(payer, CancellationToken.None));
        if (reply is SpendingReply<PayoutView>.Done { IsReplay: false })
        {
            Wake();
        }

        return reply;
    }

    public Task<SpendingReply<PayoutView>> CallOff(
        Payer payer, CallPayoutOffRequest request, CancellationToken cancellation) => writes.Spend(
            request.Key,
            () => Plan(payer, request, cancellation),
            _ => First(payer, request.Payout),
            cancellation);

    // The order of the checks is the rule: who asks, whether anything is paid out at all, where to, how much, and only
    // then what there is.
    private async Task<PayoutPlan> Plan(
        Payer payer, WithdrawRequest request, SuspensionCheck check, CancellationToken cancellation)
    {
        if (!chain.IsOn)
        {
            return Early(SpendingRefusal.SettlementOff);
        }

        if (!FreshLogin.IsFresh(request.SignedInAt, time.GetUtcNow(), Skew))
        {
            return Early(SpendingRefusal.LoginNotFresh);
        }

        if (await check.Objection(payer, cancellation) is { } suspended)
        {
            return Early(suspended);
        }

        if (payer.Number is not { } number || await wallets.FindLink(number, cancellation) is not { } link)
        {
            return Early(SpendingRefusal.NoWallet);
        }

        var now = clock.Now;
        if (link.PayableFrom > now)
        {
            return Early(SpendingRefusal.WalletWaiting);
        }

        if (request.Amount < economy.Current.RuleBooks.Of(WeekId.Of(now)).Settlement.Minimum)
        {
            return Early(SpendingRefusal.BelowMinimum);
        }

        if (request.Amount > SpendingRules.MaxLimit)
        {
            return Early(SpendingRefusal.InsufficientFunds);
        }

        if (await payouts.IsPaused(cancellation))
        {
            return Early(SpendingRefusal.SettlementPaused);
        }

        return new PayoutPlan.Post(
            PayoutTransactions.Withdraw(
                request.Key.Id, number, new(link.Id, link.Address), request.Amount, week: null,
                new RequestEffect(request.Key)),
            receipt => new(
                request.Key.Id, Week: null, request.Amount, link.Address, PayoutStage.Waiting, receipt.At, receipt.At,
                Sequence: receipt.Sequence),
            SpendingRefusal.InsufficientFunds, SpendingRefusal.BalanceTooLarge);
    }

    // It goes nowhere but back: no fresh sign-in is asked for, and a pause does not hold it.
    private async Task<PayoutPlan> Plan(Payer payer, CallPayoutOffRequest request, CancellationToken cancellation)
    {
        if (payer.Number is not { } number || await payouts.Find(number, request.Payout, cancellation) is not { } payout)
        {
            return Early(SpendingRefusal.UnknownPayout);
        }

        // That a batch has it meanwhile is seen in the commit: then it is planned again, and refused here.
        return await payouts.IsTaken(request.Payout, cancellation)
            ? Early(SpendingRefusal.PayoutUnderWay)
            : new PayoutPlan.Post(
                PayoutTransactions.Return(
                    new(request.Payout, number, payout.Amount), PayoutReason.CalledOff, act: null,
                    new RequestEffect(request.Key)),
                receipt => payout with
                {
                    Stage = PayoutStage.Returned,
                    Since = receipt.At,
                    Reason = PayoutReason.CalledOff,
                    Hold = null,
                    Sequence = receipt.Sequence,
                },
                // What is settling is there; it was returned under the same id meanwhile.
                SpendingRefusal.PayoutUnderWay, SpendingRefusal.BalanceTooLarge);
    }

    private async Task<PayoutView> First(Payer payer, Guid payout) =>
        payer.Number is { } number && await payouts.Find(number, payout, CancellationToken.None) is { } view
            ? view
            : throw new InvalidOperationException($"payout {payout} was answered, and there is none of this id");

    // A hint: it looks by itself too.
    private void Wake() => grains.GetGrain<ISettlementGrain>(ISettlementGrain.Key).Wake().Ignore();

    private static PayoutPlan.Refuse Early(SpendingRefusal reason) => new(reason, IsKept: false);
}

using Microsoft.Extensions.Logging;
using Npgsql;
using Stk.Grains.Economy;
using Stk.Grains.Requests;
using Stk.Grains.Suspensions;
using Stk.Grains.Wallets;
using Stk.Ledger;
using Stk.Ledger.Machine;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Settlement.Weekly;
using Stk.Storage;

namespace Stk.Grains.Payouts;

/// <summary>
/// What a week's settlement takes to the wallets of those who have chosen it. May be begun again after a death at any point:
/// each payout has an id of week and participant. It waits for nothing on chain.
/// </summary>
internal sealed class WeekWithdrawals(
    WeekWithdrawalTable table, WalletChain chain, SiloSuspensions suspensions, ILedger ledger, EconomyCache economy,
    IClock clock, ILogger<WeekWithdrawals> log)
{
    private const int AtOnce = 500;

    /// <summary>After the week's own payments, whose sums these are.</summary>
    public async Task Run(WeekId week)
    {
        if (!chain.IsOn)
        {
            return;
        }

        await suspensions.Refresh(CancellationToken.None);
        var now = clock.Now;
        var minimum = economy.Current.RuleBooks.Of(WeekId.Of(now)).Settlement.Minimum;
        var (written, left) = (0, 0);
        for (var after = 0L; ;)
        {
            var page = await table.Read(week, after, AtOnce, CancellationToken.None);
            if (page.IsEmpty)
            {
                break;
            }

            after = page[^1].Candidate.Participant;
            var wallets = page.ToDictionary(one => one.Candidate.Participant, one => one.Wallet);
            var due = WeeklyPayouts.Of(
                week, page.Select(one => one.Candidate).Where(one => !suspensions.IsSuspended(one.Participant)), minimum,
                now);
            var done = await Task.WhenAll(due.Select(payout => Post(week, payout, wallets[payout.Participant])));
            written += done.Count(isDone => isDone);
            left += done.Count(isDone => !isDone);
            FaultPoints.Reach("payouts.between-pages");
        }

        Log.WeekPayoutsWritten(log, week, written, left);
    }

    // False where it is not possible any more: it stays in the cabinet, as what is under the minimum does.
    private async Task<bool> Post(WeekId week, WeeklyPayout payout, PayoutWallet wallet)
    {
        try
        {
            var result = await ledger.Post(
                PayoutTransactions.Withdraw(payout.Id, payout.Participant, wallet, payout.Amount, week), PostPriority.Bulk);
            return result.Objection switch
            {
                null => true,
                // Spent since; or, where a run before this one has said another sum, done or refused then.
                Refusal.InsufficientFunds or Refusal.IdUsedWithOtherContent => false,
                { } refusal => throw new InvalidOperationException(
                    $"the ledger refused payout {payout.Id} of week {week}: {refusal}"),
            };
        }
        catch (PostgresException gone) when (KeyedWrites.IsConflict(gone))
        {
            // The link has ended, or the person was suspended, in this moment.
            return false;
        }
    }
}

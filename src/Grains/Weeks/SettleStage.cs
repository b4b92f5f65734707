using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Weeks;
using Stk.Grains.Inactivity;
using Stk.Grains.Payouts;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Rules.Money;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Weeks;

/// <summary>
/// Pays every statement, gives back to the fund what is left of the reserve, and to those who have returned what a quarter
/// took from them, and writes the payouts to wallets of those who have chosen that: their rows alone, the chain follows.
/// </summary>
internal sealed class SettleStage(
    RunTable runs, WeekBoundsGate bounds, WeekShards shards, WeekPosting posting, Restorations restorations,
    WeekWithdrawals withdrawals, ILedger ledger, IClock clock, ILogger<SettleStage> log)
{
    /// <exception cref="WeekBlockedException">It is beyond its bounds, and nobody has let it go on.</exception>
    public async Task Run(WeekId week, StageProgress progress)
    {
        // Of what never changes once it is scored: a second try after a death in the middle finds the same.
        if (await bounds.Look(week, CancellationToken.None) is { } hold)
        {
            throw new WeekBlockedException(hold.Rule);
        }

        var run = await runs.ReadSealed(week);
        var reserved = run.Reserved ?? throw new InvalidOperationException($"week {week} is settled before it is scored");
        if (reserved > Amount.Zero)
        {
            var request = new ScoreShard(reserved, run.Total ?? reserved, run.RulesVersion);
            await shards.Run(week, await shards.WithStatements(week), progress, shard => shard.Settle(request));
            if (reserved > progress.Paid)
            {
                await posting.Post(WeekPayments.Return(week, reserved - progress.Paid));
            }

            var left = await ledger.GetBalance(AccountId.Week(week), CancellationToken.None);
            if (left != Amount.Zero)
            {
                throw new InvalidOperationException($"the account of week {week} ends at {left} STK, not at zero");
            }
        }

        await restorations.Run(week);
        await withdrawals.Run(week);
        FaultPoints.Reach("week.before-settled");
        await runs.SetSettled(week, clock.Now, progress.Paid, CancellationToken.None);
        var head = await posting.CatchUp();
        Log.WeekSettled(log, week, run.Participants, progress.Paid, reserved, head);
    }
}

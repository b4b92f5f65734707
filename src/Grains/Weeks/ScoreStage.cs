using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Rules.Money;
using Stk.Rules.Rewards;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Weeks;

/// <summary>Reserves what the fund gives, and writes each participant's statement.</summary>
internal sealed class ScoreStage(RunTable runs, WeekShards shards, WeekPosting posting, ILedger ledger, IClock clock)
{
    public async Task Run(WeekId week, StageProgress progress)
    {
        var run = await runs.ReadSealed(week);
        var total = run.Total ?? throw new InvalidOperationException($"week {week} is scored before it is aggregated");
        if (run.Reserved is null)
        {
            // Stored before it is posted: a second try posts the same, whatever the fund has got meanwhile.
            var fund = await ledger.GetBalance(AccountId.Fund(Fund.Rewards), CancellationToken.None);
            await runs.SetReserved(week, FundScaling.Reserve(fund, total), CancellationToken.None);
            run = await runs.ReadSealed(week);
        }

        var reserved = run.Reserved ?? throw new InvalidOperationException($"week {week} has reserved nothing");
        if (reserved > Amount.Zero)
        {
            await posting.Post(WeekPayments.Reserve(week, reserved));
            FaultPoints.Reach("week.after-reserve");
        }

        await shards.Run(week, await shards.WithStatements(week), progress, async shard =>
        {
            await shard.Score(new(reserved, total, run.RulesVersion));
            return Amount.Zero;
        });
        await runs.SetScored(week, clock.Now, CancellationToken.None);
        await posting.CatchUp();
    }
}

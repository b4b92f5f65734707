using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Weeks;
using Stk.Grains.Clocks;
using Stk.Grains.Economy;
using Stk.Grains.RuleBooks;
using Stk.Grains.Sources;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Emission;
using Stk.Rules.Money;
using Stk.Rules.Participants;
using Stk.Rules.Rewards;
using Stk.Rules.Runs;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Weeks;

/// <summary>
/// The stages of a weekly run. Each may be begun again after a death at any point: what is done already is found done.
/// </summary>
internal sealed class WeekRun(
    RunTable runs, SealTable seals, WeekExport export, SourceTable sources, RuleBookTable ruleBooks, ILedger ledger,
    EconomyBoard board, SiloClocks silos, IGrainFactory grains, IClock clock, ILogger<WeekRun> log)
{
    /// <summary>Shards under way at once: enough to keep two silos and the database busy.</summary>
    private const int ShardsAtOnce = 8;

    /// <summary>What must come before the seal, in words; null where nothing must.</summary>
    /// <param name="isOverridden">An operator does not wait for required sources.</param>
    public async Task<string?> Obstacle(WeekId week, bool isOverridden, CancellationToken cancellation)
    {
        if (board.Genesis is { } genesis && week > WeekId.Of(genesis))
        {
            // The streak stands on the statements of the week before.
            if (await runs.Read(week.Previous, cancellation) is not { ScoredAt: not null })
            {
                return $"{week.Previous} must be sealed and scored first";
            }
        }

        if (isOverridden)
        {
            return null;
        }

        var incomplete = await sources.ReadIncomplete(week.End, cancellation);
        return incomplete.Count == 0
            ? null
            : $"required sources must be complete to {week.End:yyyy-MM-ddTHH:mm:ssZ}: {string.Join(", ", incomplete)}";
    }

    public Task Run(WeekStage stage, WeekId week, WeekState state, StageProgress progress) => stage switch
    {
        WeekStage.Aggregate => Aggregate(week, state, progress),
        WeekStage.Score => Score(week, progress),
        WeekStage.Report => Report(week),
        WeekStage.Settle => Settle(week, progress),
        _ => throw new UnreachableException(),
    };

    private async Task Aggregate(WeekId week, WeekState state, StageProgress progress)
    {
        if (await runs.Read(week, CancellationToken.None) is null)
        {
            await Seal(week, state);
        }

        var version = (await Read(week)).RulesVersion;
        var withEvents = await seals.ReadShardsWithEvents(week, CancellationToken.None);
        await OnShards(week, withEvents, progress, async shard =>
        {
            await shard.Aggregate(version);
            return Amount.Zero;
        });
        var shards = await seals.ReadShards(week, CancellationToken.None);
        await runs.SetAggregated(
            week, SealDigest.OfWeek(shards), shards.Sum(shard => shard.Participants),
            Amount.Sum(shards.Select(shard => shard.Total)), CancellationToken.None);
    }

    private async Task Seal(WeekId week, WeekState state)
    {
        if (clock.Now < week.End)
        {
            throw new WeekBlockedException($"{week} has not ended");
        }

        if (await Obstacle(week, state.OverrideReason is not null, CancellationToken.None) is { } obstacle)
        {
            throw new WeekBlockedException(obstacle);
        }

        var book = (await ruleBooks.ReadHistory(CancellationToken.None)).Of(week);
        await runs.Seal(
            new(week, clock.Now, book.Version, state.OverrideReason, state.OverrideBy), CancellationToken.None);
        FaultPoints.Reach("week.after-seal");
    }

    private async Task Score(WeekId week, StageProgress progress)
    {
        var run = await Read(week);
        var total = run.Total ?? throw new InvalidOperationException($"week {week} is scored before it is aggregated");
        if (run.Reserved is null)
        {
            // Stored before it is posted: a second try posts the same, whatever the fund has got meanwhile.
            var fund = await ledger.GetBalance(AccountId.Fund(Fund.Rewards), CancellationToken.None);
            await runs.SetReserved(week, FundScaling.Reserve(fund, total), CancellationToken.None);
            run = await Read(week);
        }

        var reserved = run.Reserved ?? throw new InvalidOperationException($"week {week} has reserved nothing");
        if (reserved > Amount.Zero)
        {
            await Post(Settlements.Reserve(week, reserved));
            FaultPoints.Reach("week.after-reserve");
        }

        await OnShards(week, await ShardsWithStatements(week), progress, async shard =>
        {
            await shard.Score(new(reserved, total, run.RulesVersion));
            return Amount.Zero;
        });
        await runs.SetScored(week, clock.Now, CancellationToken.None);
        await CatchUp();
    }

    private async Task Report(WeekId week) =>
        await runs.SetReported(week, clock.Now, await export.Hash(week, CancellationToken.None), CancellationToken.None);

    private async Task Settle(WeekId week, StageProgress progress)
    {
        var run = await Read(week);
        var reserved = run.Reserved ?? throw new InvalidOperationException($"week {week} is settled before it is scored");
        if (reserved > Amount.Zero)
        {
            var request = new ScoreShard(reserved, run.Total ?? reserved, run.RulesVersion);
            await OnShards(week, await ShardsWithStatements(week), progress, shard => shard.Settle(request));
            if (reserved > progress.Paid)
            {
                await Post(Settlements.Return(week, reserved - progress.Paid));
            }

            var left = await ledger.GetBalance(AccountId.Week(week), CancellationToken.None);
            if (left != Amount.Zero)
            {
                throw new InvalidOperationException($"the account of week {week} ends at {left} STK, not at zero");
            }
        }

        FaultPoints.Reach("week.before-settled");
        await runs.SetSettled(week, clock.Now, progress.Paid, CancellationToken.None);
        var head = await CatchUp();
        Log.WeekSettled(log, week, run.Participants, progress.Paid, reserved, head);
    }

    private async Task<Run> Read(WeekId week) => await runs.Read(week, CancellationToken.None)
        ?? throw new InvalidOperationException($"week {week} is not sealed");

    private async Task<IReadOnlyList<int>> ShardsWithStatements(WeekId week) =>
    [
        .. (await seals.ReadShards(week, CancellationToken.None))
            .Where(shard => shard.Participants > 0).Select(shard => shard.Shard),
    ];

    private async Task Post(Transaction transaction)
    {
        var result = await ledger.Post(transaction, PostPriority.Bulk);
        if (result.Objection is { } refusal)
        {
            throw new InvalidOperationException(
                $"the ledger refused {transaction.Kind} of week {transaction.Reference}: {refusal}");
        }
    }

    // Whoever asks any silo after this stage sees what it did.
    private async Task<string> CatchUp()
    {
        var head = await ledger.GetHead(CancellationToken.None);
        await silos.CatchUp(head.Sequence);
        return head.ToString();
    }

    private async Task OnShards(
        WeekId week, IReadOnlyList<int> shards, StageProgress progress, Func<IWeekShardGrain, Task<Amount>> act)
    {
        progress.DoneAlready(ParticipantId.Shards - shards.Count);
        using var room = new SemaphoreSlim(ShardsAtOnce);
        await Task.WhenAll(shards.Select(async shard =>
        {
            await room.WaitAsync();
            try
            {
                progress.Done(await act(grains.GetGrain<IWeekShardGrain>(
                    string.Create(CultureInfo.InvariantCulture, $"{week}/{shard}"))));
                FaultPoints.Reach("week.between-shards");
            }
            finally
            {
                room.Release();
            }
        }));
    }
}

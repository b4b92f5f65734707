using Microsoft.Extensions.Logging;
using Npgsql;
using Stk.GrainInterfaces.Deposits;
using Stk.Grains.Deposits;
using Stk.Grains.Payouts;
using Stk.Grains.Settling;
using Stk.Rules.Money;
using Stk.Rules.Payouts;
using Stk.Rules.Time;
using Stk.Settlement.Reserves;
using Stk.Solana.Rpc;
using Stk.Storage;

namespace Stk.Grains.Reconciling;

/// <summary>
/// Holds ledger and chain against each other, at one final slot and one moment of the ledger; where they differ, payouts are
/// held in the same commit that says by what.
/// </summary>
internal sealed class Reconciliation(
    ChainTerms terms, CursorTable cursors, DifferenceTable differences, PauseTable pauses, ReconciliationMetrics metrics,
    SingleCommit commits, NpgsqlDataSource database, IGrainFactory grains, IClock clock, TimeProvider time,
    ILogger<Reconciliation> log)
{
    private const int NodesThatAgree = 2;

    // For two accounts to be read up to what was final when the supply was asked for.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether it was done: where nodes do not answer, or what has arrived cannot be read, it was not.</summary>
    /// <param name="cause">As the row has it.</param>
    public async Task<bool> Run(short cause, CancellationToken cancellation)
    {
        if (await Look(after: 0, cancellation) is not { } reading)
        {
            return false;
        }

        var check = ReserveCheck.Of(reading.Facts);
        if (check.IsNew)
        {
            // The two accounts are read one after the other, and something may have gone from one to the other between.
            if (await Look((ulong)reading.LastSlot + 1, cancellation) is not { } again
                || !ReserveCheck.Of(again.Facts).IsSameDifference(check))
            {
                return false;
            }

            (reading, check) = (again, ReserveCheck.Of(again.Facts));
        }

        var open = await differences.ReadOpen(cancellation);
        var now = time.GetUtcNow();
        List<NpgsqlBatchCommand> commands = [];
        List<string> details =
        [
            .. open.Select(one => $"Difference {one.Id}: {one.Amount} STK, {one.Kind}. {one.Details}"),
            .. await ReserveReading.ReadPersons(database, cancellation),
        ];
        Find(DifferenceTable.Missing, check.NewlyMissing, "Vault and float hold less than what all that is known comes to.");
        Find(DifferenceTable.Beyond, check.NewlyBeyond, "There are more STK on chain than were minted.");
        if (check.Surplus > 0)
        {
            details.Add(
                $"Vault and float hold {new Amount((long)check.Surplus)} STK more than what all that is known comes to.");
        }

        metrics.Show(
            open.Sum(one => one.Amount.Micro) + (long)(check.NewlyMissing + check.NewlyBeyond + check.Surplus));
        commands.Add(ReconciliationTable.Done(cause, reading, details, now));
        var said = string.Join(' ', details);
        if (details.Count > 0 && await pauses.Find(cancellation) is null)
        {
            commands.AddRange(PauseTable.Begin(
                new(PauseCause.Mismatch, clock.Now.InWholeMicroseconds(), By: null, said)));
        }

        await commits.Run(attempt => Write(attempt, commands), CancellationToken.None);
        if (details.Count > 0)
        {
            Log.Mismatch(log, reading.Slot, reading.Sequence, said);
        }

        return true;

        void Find(short kind, Int128 amountMicro, string what)
        {
            if (amountMicro > 0)
            {
                commands.Add(DifferenceTable.Insert(kind, reading.Slot, amountMicro, what, now));
                details.Add($"{what} It is {new Amount((long)amountMicro)} STK.");
            }
        }
    }

    /// <param name="after">A slot up to which both accounts must be read.</param>
    private async Task<ReserveReading?> Look(ulong after, CancellationToken cancellation) =>
        terms.Addresses is { } ours && await Supply(cancellation) is var (supplyMicro, slot)
            && await AreRead(ours.VaultTokens, ours.FloatTokens, Math.Max(slot, after), cancellation)
                ? await ReserveReading.Read(database, ours, supplyMicro, cancellation)
                : null;

    // At finality, of our chain; null where fewer than two nodes say it. The least: one node alone holds nothing up.
    private async Task<(Int128 Micro, ulong Slot)?> Supply(CancellationToken cancellation)
    {
        if (terms is not { Nodes.All: var nodes, Addresses: { } ours }
            || await cursors.ReadGenesis(cancellation) is not { } genesis)
        {
            return null;
        }

        var said = new List<(ulong Micro, ulong Slot)>();
        foreach (var node in nodes)
        {
            if (await node.GetGenesisHash(cancellation) is RpcResult<string>.Answered { Value: var chain }
                && chain == genesis
                && await node.GetTokenSupply(ours.Mint, ReadAt.Finalized, cancellation)
                    is RpcResult<TokenAmount>.Answered { Value.Amount: var micro, ContextSlot: { } slot })
            {
                said.Add((micro, slot));
            }
        }

        return said.Count < NodesThatAgree ? null : (said.Min(one => one.Micro), said.Max(one => one.Slot));
    }

    private async Task<bool> AreRead(
        Solana.Keys.PublicKey vault, Solana.Keys.PublicKey payoutFloat, ulong slot, CancellationToken cancellation)
    {
        var until = time.GetUtcNow() + Patience;
        grains.GetGrain<IDepositsGrain>(IDepositsGrain.Key).Wake().Ignore();
        while (time.GetUtcNow() < until)
        {
            if ((await cursors.Read(vault, cancellation)).Slot >= slot
                && (await cursors.Read(payoutFloat, cancellation)).Slot >= slot)
            {
                return true;
            }

            await Task.Delay(BetweenLooks, time, cancellation);
        }

        Log.NotReconciled(log, slot);
        return false;
    }

    private static async Task<bool> Write(CommitAttempt attempt, List<NpgsqlBatchCommand> commands)
    {
        await using var batch = attempt.Begin();
        foreach (var command in commands)
        {
            batch.BatchCommands.Add(command);
        }

        await attempt.Commit(batch, CancellationToken.None);
        return true;
    }
}

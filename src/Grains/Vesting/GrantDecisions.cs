using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Npgsql;
using Stk.Rules.RuleBooks;
using Stk.Rules.Time;
using Stk.Rules.Vesting;
using Stk.Storage;

namespace Stk.Grains.Vesting;

/// <summary>Decides what is due in a shard, and stores it: nothing is paid out here.</summary>
internal sealed class GrantDecisions(
    NpgsqlDataSource database, GrantReading reading, IClock clock, ILogger<GrantDecisions> log)
{
    /// <summary>One database transaction: the border first, then all that is read and written behind it.</summary>
    /// <returns>How many were decided now, and how many wait.</returns>
    public async Task<(int Decided, int Waiting)> Decide(int shard, DateOnly day, CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (!await GrantTable.Lock(connection, shard, day, cancellation))
        {
            return (0, 0);
        }

        var due = await GrantTable.ReadDue(connection, shard, day, cancellation);
        var lastSettled = await GrantTable.ReadLastSettled(connection, cancellation);
        var judged = await reading.Judge(
            connection,
            [.. due.Where(grant => grant.Origin is GrantOrigin.Weekly).Select(grant => new AskedGrant(grant, lastSettled))],
            cancellation);
        ImmutableArray<MadeDecision> made =
        [
            .. judged.Select(one => Decide(one, day)).OfType<MadeDecision>(),
            .. due.Where(grant => grant.Origin is GrantOrigin.Spending)
                .Select(grant => MadeDecision.Whole(grant, Verdict.Release, DecisionReason.Complete)),
        ];
        if (!made.IsEmpty)
        {
            await using var batch = new NpgsqlBatch(connection, transaction);
            foreach (var command in DecisionTable.Insert(made, new(day, clock.Now.InWholeMicroseconds(), lastSettled)))
            {
                batch.BatchCommands.Add(command);
            }

            await batch.ExecuteNonQueryAsync(cancellation);
        }

        FaultPoints.Reach("vesting.before-decided");
        await transaction.CommitAsync(cancellation);
        FaultPoints.Reach("vesting.after-decided");
        return (made.Length, due.Length - made.Length);
    }

    // Null where it waits.
    private MadeDecision? Decide(JudgedGrant judged, DateOnly day)
    {
        if (judged.Events.IsEmpty)
        {
            // Somebody has taken its events away: it stays frozen, and verify names it.
            Log.GrantStandsOnNothing(log, judged.Grant.DecisionId);
            return null;
        }

        var grant = judged.Grant;
        return GrantDecision.On(day, grant.Amount, grant.UnlocksOn, judged.Events, judged.Condition) is { } decision
            ? MadeDecision.Of(judged, decision)
            : null;
    }
}

using System.Diagnostics;
using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Ledger;
using Stk.Ledger.Machine;
using Stk.Rules.Spending;
using Stk.Rules.Time;

namespace Stk.Grains.Requests;

/// <summary>One id, one answer, for every write that may move value. The row of the id decides, whoever asks first.</summary>
internal sealed class SpendingDesk(RequestTable requests, ILedger ledger, NpgsqlDataSource database, IClock clock)
{
    /// <summary>SQLSTATE of <c>storage.expect</c>.</summary>
    private const string NoLongerSo = "STK02";

    /// <summary>Each time another activation was first: it does not go on for ever.</summary>
    private const int TriesMax = 5;

    /// <param name="plan">What the request comes to by now; asked again where the world has changed before it was done.</param>
    /// <param name="first">The answer that an id was given first, rebuilt from what is stored.</param>
    /// <param name="cancellation">Has no effect once something is on its way to be written.</param>
    public async Task<SpendingReply<T>> Answer<T>(
        RequestKey key, Func<Task<SpendingPlan<T>>> plan, Func<StoredRequest, Task<T>> first, CancellationToken cancellation)
    {
        for (var number = 1; ; number++)
        {
            // Side by side: most requests are new, and then both are needed. A plan only reads, and may be of a moment before
            // the row was looked for: it is the row that decides.
            var planned = plan();
            planned.Ignore();
            if (await requests.Find(key.Id, cancellation) is { } stored)
            {
                return await Again(key, stored, first);
            }

            try
            {
                return await planned switch
                {
                    SpendingPlan<T>.Refuse refuse => await Refuse(key, refuse.Reason, first),
                    SpendingPlan<T>.Post post => await Post(key, post, first),
                    SpendingPlan<T>.Write write => await Write(write),
                    _ => throw new UnreachableException(),
                };
            }
            catch (PostgresException conflict) when (IsConflict(conflict) && number < TriesMax)
            {
                // Another copy was first, or what the plan stood on has changed: nothing was written.
            }
        }
    }

    private async Task<SpendingReply<T>> Post<T>(
        RequestKey key, SpendingPlan<T>.Post plan, Func<StoredRequest, Task<T>> first)
    {
        var result = await ledger.Post(plan.Transaction);
        return result switch
        {
            PostResult.Accepted { Committed: var receipt } => new SpendingReply<T>.Done(plan.View(receipt), IsReplay: false),
            { Receipt: { } receipt } => new SpendingReply<T>.Done(plan.View(receipt), IsReplay: true),
            { Objection: Refusal.InsufficientFunds } => await Refuse(key, plan.Poor, first),
            { Objection: Refusal.BalanceTooLarge } => await Refuse(key, SpendingRefusal.BalanceTooLarge, first),

            // Done meanwhile by a copy that was decided otherwise; or, where it has no row, refused by the ledger when
            // the fee or the price was another one, and its silo died before the row: the ledger refuses a spending for
            // nothing else but want of funds.
            { Objection: Refusal.IdUsedWithOtherContent } => await Refuse(key, plan.Poor, first),
            _ => throw new InvalidOperationException(
                $"the ledger refused {plan.Transaction.Kind} {plan.Transaction.Id}: {result.Objection}"),
        };
    }

    private async Task<SpendingReply<T>> Write<T>(SpendingPlan<T>.Write write)
    {
        // One batch is one transaction.
        await using var batch = database.CreateBatch();
        foreach (var command in write.Commands)
        {
            batch.BatchCommands.Add(command);
        }

        await batch.ExecuteNonQueryAsync();
        return new SpendingReply<T>.Done(write.View, IsReplay: false);
    }

    private async Task<SpendingReply<T>> Refuse<T>(
        RequestKey key, SpendingRefusal reason, Func<StoredRequest, Task<T>> first)
    {
        if (await requests.Refuse(key, reason, clock.Now))
        {
            return new SpendingReply<T>.Refused(reason, IsReplay: false);
        }

        var stored = await requests.Find(key.Id, CancellationToken.None)
            ?? throw new InvalidOperationException($"request {key.Id} has no row right after it was there");
        return await Again(key, stored, first);
    }

    private static async Task<SpendingReply<T>> Again<T>(
        RequestKey key, StoredRequest stored, Func<StoredRequest, Task<T>> first) =>
        !stored.IsOf(key) ? new SpendingReply<T>.KeyReused()
        : stored.Refusal is { } refusal ? new SpendingReply<T>.Refused(refusal, IsReplay: true)
        : new SpendingReply<T>.Done(await first(stored), IsReplay: true);

    /// <summary>Another was first, or what was planned on no longer stands; nothing was written.</summary>
    public static bool IsConflict(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.UniqueViolation or NoLongerSo;
}

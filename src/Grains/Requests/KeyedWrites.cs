using System.Diagnostics;
using Npgsql;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.AuditLog;
using Stk.Ledger;
using Stk.Ledger.Machine;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using Stk.Storage;

namespace Stk.Grains.Requests;

/// <summary>
/// One id, one answer, for every keyed write of participants and operators. Where two copies race, the key of the kept
/// answer decides.
/// </summary>
internal sealed class KeyedWrites(
    RequestTable requests, AnswerTable answers, ILedger ledger, AuditWriter audit, SingleCommit commits, IClock clock)
{
    /// <summary>SQLSTATE of <c>storage.expect</c>.</summary>
    private const string NoLongerSo = "STK02";

    /// <summary>Each time another activation was first: it does not go on for ever.</summary>
    private const int TriesMax = 5;

    /// <summary>Answers a request that may move value. A refusal is kept, and given again.</summary>
    /// <param name="plan">
    /// What the request comes to by now; asked again where the world has changed before it was done.
    /// </param>
    /// <param name="first">The answer that an id was given first, rebuilt from what is stored.</param>
    /// <param name="cancellation">Has no effect once something is on its way to be written.</param>
    /// <param name="firstObjection">
    /// Asked before any other refusal is kept or told: what a plan has looked at may have been older than the request.
    /// </param>
    public async Task<SpendingReply<T>> Spend<T>(
        RequestKey key, Func<Task<RequestPlan<T, SpendingRefusal>>> plan, Func<StoredRequest, Task<T>> first,
        CancellationToken cancellation, Func<Task<SpendingRefusal?>>? firstObjection = null) =>
        await Answer(new KeptRequest<T>(requests, clock, key, first, firstObjection), plan, cancellation) switch
        {
            RequestAnswer<T, SpendingRefusal>.Done(var view, var isReplay) => new SpendingReply<T>.Done(view, isReplay),
            RequestAnswer<T, SpendingRefusal>.Refused(var reason, var isReplay) =>
                new SpendingReply<T>.Refused(reason, isReplay),
            RequestAnswer<T, SpendingRefusal>.KeyReused => new SpendingReply<T>.KeyReused(),
            _ => throw new UnreachableException(),
        };

    /// <summary>Answers an operator's request that moves no value. A refusal is not kept.</summary>
    /// <param name="key">Null where the caller gave none: then it is done each time that it is asked.</param>
    /// <param name="plan">What the request comes to by now; asked again where another copy was first.</param>
    /// <param name="cancellation">Has no effect once something is on its way to be written.</param>
    public Task<RequestAnswer<T, TRefusal>> Change<T, TRefusal>(
        RequestKey? key, Func<Task<RequestPlan<T, TRefusal>>> plan, CancellationToken cancellation) =>
        Answer(new KeptAnswer<T, TRefusal>(answers, clock, key), plan, cancellation);

    /// <summary>
    /// Answers a participant's request that moves no value. Its answer is kept no longer than a refusal: who has nothing
    /// leaves nothing for ever.
    /// </summary>
    /// <inheritdoc cref="Change{T, TRefusal}"/>
    public Task<RequestAnswer<T, TRefusal>> ChangeOwn<T, TRefusal>(
        RequestKey key, Func<Task<RequestPlan<T, TRefusal>>> plan, CancellationToken cancellation) =>
        Answer(new KeptAnswer<T, TRefusal>(answers, clock, key, isForEver: false), plan, cancellation);

    /// <summary>Drops refusals and answers whose days are over. Harmless at any time.</summary>
    public async Task DropEnded(CancellationToken cancellation)
    {
        await requests.DropRefusals(cancellation);
        await answers.DropEnded(cancellation);
    }

    /// <summary>Another was first, or what was planned on no longer stands; nothing was written.</summary>
    public static bool IsConflict(PostgresException exception) =>
        exception.SqlState is PostgresErrorCodes.UniqueViolation or NoLongerSo;

    private async Task<RequestAnswer<T, TRefusal>> Answer<T, TRefusal>(
        IKeptAnswer<T, TRefusal> kept, Func<Task<RequestPlan<T, TRefusal>>> plan, CancellationToken cancellation)
    {
        OutcomeUnknownException? unknown = null;
        for (var number = 1; ; number++)
        {
            try
            {
                if (await Try(kept, plan, isSettled: unknown is null, cancellation) is { } answer)
                {
                    return answer;
                }
            }
            catch (PostgresException overtaken) when (kept.IsOvertaken(overtaken) && number < TriesMax)
            {
                // Nothing was written.
            }
            catch (OutcomeUnknownException lost) when (kept.IsKept && number < TriesMax)
            {
                // Asked again with its key: the kept answer says whether it was written.
                unknown = lost;
            }
            catch (Exception failure) when (unknown is not null && failure is not OutcomeUnknownException)
            {
                throw new OutcomeUnknownException(unknown.Message, failure);
            }
        }
    }

    // Null where it must be planned again.
    private async Task<RequestAnswer<T, TRefusal>?> Try<T, TRefusal>(
        IKeptAnswer<T, TRefusal> kept, Func<Task<RequestPlan<T, TRefusal>>> plan, bool isSettled,
        CancellationToken cancellation)
    {
        // Side by side: most requests are new, and then both are needed. A plan only reads, and may be of a moment
        // before the answer was looked for: it is the kept answer that decides.
        var planned = plan();
        planned.Ignore();
        if (await kept.Find(cancellation) is { } found)
        {
            return found;
        }

        var decided = await planned;
        // A try before may yet be written: what would be refused now may have been done by it.
        return isSettled || decided is not RequestPlan<T, TRefusal>.Refuse
            ? await Do(kept, decided)
            : throw new OutcomeUnknownException("An earlier try was lost at COMMIT, and now a rule says no.");
    }

    // Null where it must be planned again.
    private async Task<RequestAnswer<T, TRefusal>?> Do<T, TRefusal>(
        IKeptAnswer<T, TRefusal> kept, RequestPlan<T, TRefusal> plan) => plan switch
        {
            RequestPlan<T, TRefusal>.Refuse(var reason, var isKept) =>
                isKept ? await Refuse(kept, reason) : await Decline(kept, reason),
            RequestPlan<T, TRefusal>.Post post => await Post(kept, post),
            RequestPlan<T, TRefusal>.Write(var view, var entry, var commands) =>
                await audit.Write(entry, append => Write([.. kept.Keep(view), .. commands.Select(Fresh), append]))
                    ? new RequestAnswer<T, TRefusal>.Done(view, IsReplay: false)
                    : null,
            RequestPlan<T, TRefusal>.WriteUnlogged(var view, var commands) => await Write([.. kept.Keep(view), .. commands])
                ? new RequestAnswer<T, TRefusal>.Done(view, IsReplay: false)
                : null,
            RequestPlan<T, TRefusal>.WriteBy(var view, var entry, var commit) =>
                await audit.Write(entry, append => commit([.. kept.Keep(view), append]))
                    ? new RequestAnswer<T, TRefusal>.Done(view, IsReplay: false)
                    : null,
            _ => throw new UnreachableException(),
        };

    // The write may be tried again on another connection, and Npgsql takes a command that was once prepared on one for
    // prepared on the other (26000, seen where two silos wrote to the log at once).
    private static NpgsqlBatchCommand Fresh(NpgsqlBatchCommand command)
    {
        var fresh = new NpgsqlBatchCommand(command.CommandText);
        foreach (NpgsqlParameter parameter in command.Parameters)
        {
            fresh.Parameters.Add(parameter.Clone());
        }

        return fresh;
    }

    // No row of it stands against a copy that was done meanwhile: that one is looked for again.
    private static async Task<RequestAnswer<T, TRefusal>> Decline<T, TRefusal>(
        IKeptAnswer<T, TRefusal> kept, TRefusal reason) =>
        await kept.Find(CancellationToken.None)
            ?? await kept.FindFirstObjection()
            ?? new RequestAnswer<T, TRefusal>.Refused(reason, IsReplay: false);

    private async Task<RequestAnswer<T, TRefusal>> Post<T, TRefusal>(
        IKeptAnswer<T, TRefusal> kept, RequestPlan<T, TRefusal>.Post plan)
    {
        var result = await ledger.Post(plan.Transaction);
        return result switch
        {
            PostResult.Accepted { Committed: var receipt } =>
                new RequestAnswer<T, TRefusal>.Done(plan.View(receipt), IsReplay: false),
            { Receipt: { } receipt } => new RequestAnswer<T, TRefusal>.Done(plan.View(receipt), IsReplay: true),
            { Objection: Refusal.InsufficientFunds } => await Refuse(kept, plan.Poor),
            { Objection: Refusal.BalanceTooLarge } => await Refuse(kept, plan.TooLarge),

            // Done meanwhile by a copy that was decided otherwise; or, where it has no row, refused by the ledger when
            // the fee or the price was another one, and its silo died before the row: the ledger refuses a spending for
            // nothing else but want of funds.
            { Objection: Refusal.IdUsedWithOtherContent } => await Refuse(kept, plan.Poor),
            _ => throw new InvalidOperationException(
                $"the ledger refused {plan.Transaction.Kind} {plan.Transaction.Id}: {result.Objection}"),
        };
    }

    private static async Task<RequestAnswer<T, TRefusal>> Refuse<T, TRefusal>(
        IKeptAnswer<T, TRefusal> kept, TRefusal reason)
    {
        if (await kept.FindFirstObjection() is { } objection)
        {
            return await Decline(kept, objection.Reason);
        }

        return await kept.Refuse(reason)
            ? new RequestAnswer<T, TRefusal>.Refused(reason, IsReplay: false)
            : await kept.Find(CancellationToken.None)
                ?? throw new InvalidOperationException("a request has no answer right after it had one");
    }

    // One transaction. The answer comes first: of two copies of a new thing the second is to meet its key, not the
    // thing; the audit log comes last: its head is locked until the end.
    private Task<bool> Write(IReadOnlyList<NpgsqlBatchCommand> commands) => commits.Run(
        async attempt =>
        {
            await using var batch = attempt.Begin();
            foreach (var command in commands)
            {
                batch.BatchCommands.Add(command);
            }

            await attempt.Commit(batch, CancellationToken.None);
            return true;
        },
        CancellationToken.None);
}

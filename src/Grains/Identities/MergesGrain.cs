using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Identities;
using Stk.GrainInterfaces.Requests;
using Stk.Grains.AuditLog;
using Stk.Grains.Economy;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Identities;
using Stk.Rules.Time;
using MergePlan = Stk.Grains.Requests.RequestPlan<System.Guid, Stk.GrainInterfaces.Identities.MergeReply>;

namespace Stk.Grains.Identities;

/// <inheritdoc cref="IMergesGrain"/>
internal sealed class MergesGrain(
    MergeTable table, OperatorRegister register, KeyedWrites writes, EconomyCache economy, IClock clock)
    : Grain, IMergesGrain
{
    private const int TriesMax = 5;

    public Task<ImmutableArray<MergeView>> List(CancellationToken cancellation) => table.List(id: null, cancellation);

    public Task<MergeReply> Merge(MergeRequest request, CancellationToken cancellation) =>
        Answer(request.Key, () => Plan(request, cancellation), cancellation);

    public Task<MergeReply> Undo(UndoMergeRequest request, CancellationToken cancellation) =>
        Answer(request.Key, () => Plan(request, cancellation), cancellation);

    private async Task<MergeReply> Answer(RequestKey key, Func<Task<MergePlan>> plan, CancellationToken cancellation)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                switch (await writes.Change(key, plan, cancellation))
                {
                    case RequestAnswer<Guid, MergeReply>.Refused { Reason: var refusal }:
                        return refusal;
                    case RequestAnswer<Guid, MergeReply>.Done { View: var id, IsReplay: var isReplay }:
                        // This silo shows it at once; the others see it by themselves.
                        await economy.Refresh(CancellationToken.None);
                        return new(
                            (await table.List(id, cancellation)).Single(), Key: isReplay ? KeyUse.Replay : KeyUse.First);
                    default:
                        return new(null, Key: KeyUse.Reused);
                }
            }
            catch (PostgresException conflict) when (KeyedWrites.IsConflict(conflict) && number < TriesMax)
            {
                // Something has changed meanwhile: planned again on what stands.
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<MergePlan> Plan(MergeRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new MergePlan.Refuse(new(null, IsOperatorUnknown: true));
        }

        if (await table.ReadStands(request.From, cancellation) is not { } from
            || await table.ReadStands(request.Into, cancellation) is not { } into)
        {
            return new MergePlan.Refuse(new(null, LinkRefusal.UnknownParticipant));
        }

        LinkRefusal? refusal = from.Number == into.Number ? LinkRefusal.AlreadySo
            : from.Names.Concat(into.Names).Any(by.Owns) ? LinkRefusal.OwnAffair
            : from.HasAccount ? LinkRefusal.HasAccount
            : from.HasSignedIn ? LinkRefusal.HasSignedIn
            : from.IsWaiting ? LinkRefusal.WeekNotSettled
            : null;
        if (refusal is { } reason)
        {
            return new MergePlan.Refuse(new(null, reason));
        }

        var at = clock.Now.InWholeMicroseconds();
        return new MergePlan.Write(
            request.Key.Id,
            new(
                at, by.Subject, "identity.merge", from.Name, Before: null,
                AuditEntry.Json(new { merge = request.Key.Id, into = into.Name, ids = from.Names }), request.Reason),
            [
                OperatorRegister.Expect(by),
                .. MergeTable.Merge(request.Key.Id, from, into, at, by.Subject, request.Reason),
            ]);
    }

    private async Task<MergePlan> Plan(UndoMergeRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new MergePlan.Refuse(new(null, IsOperatorUnknown: true));
        }

        if ((await table.List(request.Merge, cancellation)).FirstOrDefault() is not { } merge)
        {
            return new MergePlan.Refuse(new(null, LinkRefusal.UnknownMerge));
        }

        LinkRefusal? refusal = merge.UndoneAt is not null ? LinkRefusal.AlreadySo
            : by.Owns(merge.From) || by.Owns(merge.Into) ? LinkRefusal.OwnAffair
            : await table.Stands(merge.Id, cancellation) ? null
            : LinkRefusal.Overtaken;
        if (refusal is { } reason)
        {
            return new MergePlan.Refuse(new(null, reason));
        }

        var at = clock.Now.InWholeMicroseconds();
        return new MergePlan.Write(
            merge.Id,
            new(
                at, by.Subject, "identity.undo-merge", merge.From, Before: null,
                AuditEntry.Json(new { merge = merge.Id, into = merge.Into }), request.Reason),
            [OperatorRegister.Expect(by), .. MergeTable.Undo(merge.Id, at, by.Subject, request.Reason)]);
    }
}

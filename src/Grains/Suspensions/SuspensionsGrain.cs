using System.Diagnostics;
using Npgsql;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Suspensions;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Notices;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Revocations;
using Stk.Rules.Notices;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using LiftPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Approvals.ApprovalView, Stk.Rules.Spending.SpendingRefusal>;
using SuspendPlan = Stk.Grains.Requests.RequestPlan<bool, Stk.GrainInterfaces.Suspensions.SuspendReply>;

namespace Stk.Grains.Suspensions;

/// <inheritdoc cref="ISuspensionsGrain"/>
internal sealed class SuspensionsGrain(
    SuspensionTable table, SiloSuspensions suspensions, KeyedWrites writes, OperatorRegister register, ApprovalDesk desk,
    IClock clock, TimeProvider time)
    : Grain, ISuspensionsGrain
{
    private const string TokenRole = "participant";

    public async Task<bool> IsSuspended(string participant, CancellationToken cancellation)
    {
        await suspensions.Refresh(cancellation);
        return await table.FindNumber(participant, cancellation) is { } number && suspensions.IsSuspended(number);
    }

    public async Task<SuspendReply> Suspend(SuspendRequest request, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                return await writes.Change(request.Key, () => Plan(request, cancellation), cancellation) switch
                {
                    RequestAnswer<bool, SuspendReply>.Done { IsReplay: var isReplay } => new SuspendReply.Done(isReplay),
                    RequestAnswer<bool, SuspendReply>.Refused { Reason: var refusal } => refusal,
                    RequestAnswer<bool, SuspendReply>.KeyReused => new SuspendReply.KeyReused(),
                    _ => throw new UnreachableException(),
                };
            }
            catch (PostgresException conflict) when (KeyedWrites.IsConflict(conflict))
            {
                // Another has suspended them meanwhile, or lifted it: planned again on what stands.
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    public Task<SpendingReply<ApprovalView>> Lift(LiftSuspensionRequest request, CancellationToken cancellation) =>
        writes.Spend(
            request.Key, () => Plan(request, cancellation), stored => desk.ReadAsked(stored.Id), cancellation);

    private async Task<LiftPlan> Plan(LiftSuspensionRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new LiftPlan.Refuse(SpendingRefusal.OperatorUnknown, IsKept: false);
        }

        if (by.Owns(request.Participant))
        {
            return new LiftPlan.Refuse(SpendingRefusal.OwnAffair, IsKept: false);
        }

        if (await table.FindNumber(request.Participant, cancellation) is not { } number)
        {
            return new LiftPlan.Refuse(SpendingRefusal.UnknownParticipant, IsKept: false);
        }

        if (await table.FindSuspension(number, cancellation) is not { } suspension)
        {
            return new LiftPlan.Refuse(SpendingRefusal.ActNotPossible, IsKept: false);
        }

        return await desk.Ask<SpendingRefusal>(
            new(
                request.Key.Id, SuspensionLifting.KindName, by, request.Participant,
                new LiftSuspensionAct(request.Participant, suspension), request.Reason)
            {
                GainingParticipants = [request.Participant],
            },
            cancellation);
    }

    // Also an account of one's own, which may have been stolen: suspending gives nobody anything.
    private async Task<SuspendPlan> Plan(SuspendRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new SuspendPlan.Refuse(new SuspendReply.OperatorUnknown());
        }

        if (await table.FindNumber(request.Participant, cancellation) is not { } number)
        {
            return new SuspendPlan.Refuse(new SuspendReply.Unknown());
        }

        await suspensions.Refresh(cancellation);
        if (suspensions.IsSuspended(number))
        {
            return new SuspendPlan.Refuse(new SuspendReply.Done(IsReplay: false));
        }

        var at = clock.Now.InWholeMicroseconds();
        // By real time, as tokens are made.
        var before = time.GetUtcNow().ToUniversalTime().InWholeMicroseconds();
        return new SuspendPlan.Write(
            true,
            new(
                at, request.By, "participant.suspend", request.Participant, AuditEntry.Json(new { suspended = false }),
                AuditEntry.Json(new { suspended = true, before }), request.Reason),
            [
                OperatorRegister.Expect(by),
                // The locks in one order: numbers of revocations, of suspensions, then the journal, then the log.
                .. RevocationTable.Insert(
                    new(0, null, request.Participant, TokenRole, before), at, request.By, request.Reason),
                .. SuspensionTable.Insert(number, isSuspended: true, at, request.By, request.Reason, approval: null),
                NoticeTable.Insert(
                    [Notice.Of(NoticeKinds.Suspended, number, new { }, request.Key.Id.ToString())], at, [null]),
            ]);
    }
}

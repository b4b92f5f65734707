using System.Diagnostics;
using Stk.GrainInterfaces.Inactivity;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Inactivity;
using Stk.Rules.Time;
using LeavePlan = Stk.Grains.Requests.RequestPlan<bool, Stk.GrainInterfaces.Inactivity.LeaveReply>;

namespace Stk.Grains.Inactivity;

/// <inheritdoc cref="ILeavesGrain"/>
internal sealed class LeavesGrain(LeaveTable table, OperatorRegister register, KeyedWrites writes, IClock clock)
    : Grain, ILeavesGrain
{
    public async Task<LeaveView?> Get(string participant, CancellationToken cancellation) =>
        await table.ReadLast(participant, cancellation) is { } leave ? new(leave.From, leave.To) : null;

    public async Task<LeaveReply> Put(LeaveRequest request, CancellationToken cancellation) =>
        await writes.Change(request.Key, () => Plan(request, cancellation), cancellation) switch
        {
            RequestAnswer<bool, LeaveReply>.Done { IsReplay: var isReplay } => new LeaveReply.Done(isReplay),
            RequestAnswer<bool, LeaveReply>.Refused { Reason: var refusal } => refusal,
            RequestAnswer<bool, LeaveReply>.KeyReused => new LeaveReply.KeyReused(),
            _ => throw new UnreachableException(),
        };

    private async Task<LeavePlan> Plan(LeaveRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new LeavePlan.Refuse(new LeaveReply.OperatorUnknown());
        }

        if (by.Owns(request.Participant))
        {
            return new LeavePlan.Refuse(new LeaveReply.OwnAffair());
        }

        if (await table.FindNumber(request.Participant, cancellation) is not { } number)
        {
            return new LeavePlan.Refuse(new LeaveReply.Unknown());
        }

        var at = clock.Now.InWholeMicroseconds();
        var leave = new Leave(request.From, request.To);
        return new LeavePlan.Write(
            true,
            new(
                at, request.By, "participant.leave", request.Participant, Before: null,
                AuditEntry.Json(new { from = leave.From, to = leave.To }), request.Reason),
            [OperatorRegister.Expect(by), .. LeaveTable.Insert(number, leave, at, request.By, request.Reason)]);
    }
}

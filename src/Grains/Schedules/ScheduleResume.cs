using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Rules.Spending;

namespace Stk.Grains.Schedules;

/// <summary>The schedule goes on after a pause for a clock that could not be trusted.</summary>
internal sealed class ScheduleResume(IGrainFactory grains) : ApprovalKind<ResumeAct>(KindName)
{
    public const string KindName = "schedule.resume";

    private IScheduleGrain Schedule => grains.GetGrain<IScheduleGrain>(0);

    protected override async Task<ActPlan> Plan(ResumeAct act, Approval approval, CancellationToken cancellation)
    {
        // Another pause is another fault of the clock: nobody has said that it is mended.
        if ((await Schedule.GetClock()).PausedAt != act.PausedAt)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        return new ActPlan.Write(
            new(
                approval.At, approval.By.Subject, KindName, "schedule", AuditEntry.Json(new { pausedBecause = act.PausedBecause }),
                AuditEntry.Json(new
                {
                    approval = approval.Asked.Id,
                    askedBy = approval.Asked.AskedBy,
                    pausedAt = act.PausedAt,
                    pausedBecause = (string?)null,
                }),
                approval.Asked.Reason),
            ResumeTable.Insert(
                approval.Asked.Id, act.PausedAt,
                new(approval.Asked.Reason, approval.Asked.AskedBy, approval.By.Subject), approval.At));
    }

    // The schedule finds it by itself too.
    protected override Task After(ResumeAct act, Approval approval) => Schedule.GoOn();
}

/// <param name="PausedAt">Which pause.</param>
internal sealed record ResumeAct(string PausedBecause, DateTimeOffset PausedAt);

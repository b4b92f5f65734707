using Stk.GrainInterfaces.Weeks;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;

namespace Stk.Grains.Weeks;

/// <summary>
/// A week goes on although something is missing, for which its seal does not wait, or although it is beyond its bounds.
/// </summary>
internal sealed class WeekOverride(WeekClosing closing, IGrainFactory grains) : ApprovalKind<OverrideAct>(KindName)
{
    public const string KindName = "week.close";

    protected override async Task<ActPlan> Plan(OverrideAct act, Approval approval, CancellationToken cancellation)
    {
        var (objection, beyond) = await closing.Overridden(act.Week);
        if (objection is not null)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActNotPossible);
        }

        // What is approved is what was read: a reason for the seal is none for the bounds.
        if (beyond != act.Beyond)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        var (reason, askedBy, by) = (approval.Asked.Reason, approval.Asked.AskedBy, approval.By.Subject);
        return new ActPlan.Write(
            new(
                approval.At, by, KindName, act.Week.ToString(), Before: null,
                AuditEntry.Json(new
                {
                    approval = approval.Asked.Id,
                    askedBy,
                    approvedBy = by,
                    forced = true,
                    isOverride = true,
                    beyond,
                }),
                reason),
            beyond is null
                ? OverrideTable.Insert(approval.Asked.Id, act.Week, new(reason, askedBy, by), approval.At)
                : BoundOverrideTable.Add(new(act.Week, approval.At, beyond, reason, askedBy, by)));
    }

    // The schedule finds it too, at the week's next hour.
    protected override Task After(OverrideAct act, Approval approval) =>
        grains.GetGrain<IWeekGrain>(act.Week.ToString()).GoOn();
}

/// <param name="Week">That goes on.</param>
/// <param name="Beyond">By how much it is beyond its bounds; null where it is not scored yet, or within them.</param>
internal sealed record OverrideAct(WeekId Week, string? Beyond = null);

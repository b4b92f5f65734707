using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Economy;
using Stk.Rules.Spending;

namespace Stk.Grains.Sources;

/// <summary>What was void counts again, in the weeks that are not sealed.</summary>
internal sealed class VoidLifting(VoidTable table, EconomyCache economy, IGrainFactory grains)
    : ApprovalKind<LiftVoidAct>(KindName)
{
    public const string KindName = "source.lift-void";

    protected override async Task<ActPlan> Plan(LiftVoidAct act, Approval approval, CancellationToken cancellation)
    {
        if (await table.FindLifted(act.Source, act.Void, cancellation) is not false)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        var (askedBy, by) = (approval.Asked.AskedBy, approval.By.Subject);
        return new ActPlan.Write(
            new(
                approval.At, by, KindName, act.Source, Before: null,
                AuditEntry.Json(new { approval = approval.Asked.Id, askedBy, lifted = act.Void }), approval.Asked.Reason),
            VoidTable.Lift(approval.Asked.Id, act.Void, approval.Asked.Reason, askedBy, by, approval.At));
    }

    protected override async Task After(LiftVoidAct act, Approval approval)
    {
        await economy.Refresh(CancellationToken.None);
        await grains.GetGrain<IScheduleGrain>(0).Wake();
    }
}

internal sealed record LiftVoidAct(string Source, Guid Void);

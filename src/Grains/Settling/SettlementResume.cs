using Stk.GrainInterfaces.Payouts;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Rules.Payouts;
using Stk.Rules.Spending;

namespace Stk.Grains.Settling;

/// <summary>Payouts go on after a mismatch or a recovery: two persons have looked at it.</summary>
internal sealed class SettlementResume(PauseTable pauses, IGrainFactory grains) : ApprovalKind<ResumePayoutsAct>(KindName)
{
    public const string KindName = "settlement.resume";

    /// <summary>To what it is done, as the log names it.</summary>
    public const string Subject = "settlement";

    protected override async Task<ActPlan> Plan(
        ResumePayoutsAct act, Approval approval, CancellationToken cancellation)
    {
        // Another pause has another cause.
        if (await pauses.Find(cancellation) is not var (number, pause) || number != act.Pause)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        var asked = approval.Asked;
        return new ActPlan.Write(
            new(
                approval.At, approval.By.Subject, KindName, Subject,
                AuditEntry.Json(new { pausedBecause = pause.Because.WireName() }),
                AuditEntry.Json(new { pausedBecause = (string?)null, approval = asked.Id, askedBy = asked.AskedBy }),
                asked.Reason),
            PauseTable.End(number, approval.At, approval.By.Subject, asked.Reason, asked.Id));
    }

    protected override Task After(ResumePayoutsAct act, Approval approval)
    {
        grains.GetGrain<ISettlementGrain>(ISettlementGrain.Key).Wake().Ignore();
        return Task.CompletedTask;
    }
}

/// <param name="Pause">Its number.</param>
internal sealed record ResumePayoutsAct(long Pause);

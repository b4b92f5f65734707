using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Rules.Spending;

namespace Stk.Grains.Suspensions;

/// <summary>A suspension ends: what is theirs may leave again. Tokens that ended with it stay ended.</summary>
internal sealed class SuspensionLifting(SuspensionTable table) : ApprovalKind<LiftSuspensionAct>(KindName)
{
    public const string KindName = "participant.lift";

    protected override async Task<ActPlan> Plan(
        LiftSuspensionAct act, Approval approval, CancellationToken cancellation)
    {
        if (await table.FindNumber(act.Participant, cancellation) is not { } number
            || await table.FindSuspension(number, cancellation) != act.Suspension)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        return new ActPlan.Write(
            new(
                approval.At, approval.By.Subject, KindName, act.Participant, AuditEntry.Json(new { suspended = true }),
                AuditEntry.Json(new
                {
                    suspended = false,
                    approval = approval.Asked.Id,
                    askedBy = approval.Asked.AskedBy,
                }),
                approval.Reason),
            SuspensionTable.Insert(
                number, isSuspended: false, approval.At, approval.By.Subject, approval.Reason, approval.Asked.Id));
    }
}

/// <param name="Suspension">Its number: another suspension of the same participant is not lifted by it.</param>
internal sealed record LiftSuspensionAct(string Participant, int Suspension);

using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Rules.Spending;

namespace Stk.Grains.Operators;

/// <summary>An entry of the register ends.</summary>
internal sealed class OperatorEnding(OperatorRegister register) : ApprovalKind<EndOperatorAct>(KindName)
{
    public const string KindName = "operators.end";

    protected override async Task<ActPlan> Plan(EndOperatorAct act, Approval approval, CancellationToken cancellation)
    {
        var entries = await register.Read(cancellation);
        if (register.Find(entries, act.Issuer, act.Subject, act.Role)?.Entry != act.Entry)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        return new ActPlan.Write(
            new(
                approval.At, approval.By.Subject, KindName, act.Subject, AuditEntry.Json(act),
                AuditEntry.Json(new { approval = approval.Asked.Id, askedBy = approval.Asked.AskedBy, ended = act.Entry }),
                approval.Reason),
            OperatorRegister.End(act.Entry, approval.At, approval.By.Subject, approval.Asked.Id));
    }
}

/// <param name="Entry">Of the register: another entry of the same subject is not ended by it.</param>
internal sealed record EndOperatorAct(long Entry, string Subject, string Issuer, string Role, string Person);

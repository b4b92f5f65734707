using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Rules.Spending;

namespace Stk.Grains.Operators;

/// <summary>Somebody is entered in the register.</summary>
internal sealed class OperatorAddition(OperatorRegister register) : ApprovalKind<AddOperatorAct>(KindName)
{
    public const string KindName = "operators.add";

    protected override async Task<ActPlan> Plan(AddOperatorAct act, Approval approval, CancellationToken cancellation)
    {
        var entries = await register.Read(cancellation);
        if (register.Find(entries, act.Issuer, act.Subject, act.Role) is not null)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        var entering = new NewOperator(act.Subject, act.Issuer, act.Role, act.Person, act.Participant);
        return new ActPlan.Write(
            new(
                approval.At, approval.By.Subject, KindName, act.Subject, Before: null,
                AuditEntry.Json(new { approval = approval.Asked.Id, askedBy = approval.Asked.AskedBy, entered = act }),
                approval.Reason),
            OperatorRegister.Insert(
                entries, entering, act.Since, act.Until, approval.At, approval.By.Subject, approval.Asked.Id));
    }
}

/// <param name="Issuer">Who vouches for the subject; stk: tokens of our own.</param>
/// <param name="Since">By real time.</param>
internal sealed record AddOperatorAct(
    string Subject, string Issuer, string Role, string Person, string? Participant, DateTimeOffset Since,
    DateTimeOffset? Until);

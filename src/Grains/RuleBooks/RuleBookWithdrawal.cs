using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;

namespace Stk.Grains.RuleBooks;

/// <summary>A version that does not rule yet is taken back.</summary>
internal sealed class RuleBookWithdrawal(RuleBookTable table, RuleBookChecks checks) : ApprovalKind<WithdrawAct>(KindName)
{
    public const string KindName = "rules.withdraw";

    protected override async Task<ActPlan> Plan(WithdrawAct act, Approval approval, CancellationToken cancellation)
    {
        var version = (await table.Read(cancellation)).Single(version => version.Version == act.Version);
        return version.WithdrawnAt is not null ? new ActPlan.Refuse(SpendingRefusal.ActOutdated)
            : !checks.MayBeWithdrawn(version) ? new ActPlan.Refuse(SpendingRefusal.ActNotPossible)
            : new ActPlan.Write(
                new(
                    approval.At, approval.By.Subject, KindName, act.EffectiveFrom.ToString(),
                    AuditEntry.Json(new { version = act.Version }),
                    AuditEntry.Json(new
                    {
                        approval = approval.Asked.Id,
                        askedBy = approval.Asked.AskedBy,
                        withdrawn = act.Version,
                    }),
                    approval.Reason),
                RuleBookTable.Withdraw(act.Version, approval.At, approval.By.Subject, approval.Asked.Id));
    }
}

/// <param name="EffectiveFrom">The first week that it would have ruled.</param>
internal sealed record WithdrawAct(int Version, WeekId EffectiveFrom);

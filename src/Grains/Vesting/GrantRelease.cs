using Stk.Grains.Approvals;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Spending;
using Stk.Rules.Vesting;

namespace Stk.Grains.Vesting;

/// <summary>A frozen reward is released by two, above what one signature may give.</summary>
internal sealed class GrantRelease(OperatorDecisions decisions) : ApprovalKind<ReleaseGrantAct>(KindName)
{
    public const string KindName = "vesting.release";

    protected override async Task<ActPlan> Plan(
        ReleaseGrantAct act, Approval approval, CancellationToken cancellation)
    {
        if (await decisions.Find(act.Grant, cancellation) is not { Decision: null } open || ReleaseGrantAct.Of(open) != act
            || !GrantDecision.OperatorMay(
                Verdict.Release, open.Grant.UnlocksOn, DateOnly.FromDateTime(approval.At.UtcDateTime)))
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        var (entry, commands) = await decisions.Plan(
            open,
            new(
                Verdict.Release, approval.By.Subject, approval.Reason, approval.At, KindName, Person: null,
                approval.Asked.Id),
            cancellation);
        return new ActPlan.Write(entry, commands);
    }

    protected override Task After(ReleaseGrantAct act, Approval approval) => decisions.PayOut(act.Grant);
}

/// <summary>What is released, as whoever approves it reads it.</summary>
internal sealed record ReleaseGrantAct(string Grant, string Participant, Amount Amount)
{
    public static ReleaseGrantAct Of(ListedGrant grant) => new(grant.Id.ToString(), grant.Owner, grant.Grant.Amount);
}

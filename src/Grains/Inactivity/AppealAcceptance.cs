using Stk.Grains.Approvals;
using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.Grains.Inactivity;

/// <summary>An appeal is accepted by two, above what one signature may give.</summary>
internal sealed class AppealAcceptance(AppealDecisions decisions) : ApprovalKind<AcceptAppealAct>(KindName)
{
    public const string KindName = "appeal.accept";

    protected override async Task<ActPlan> Plan(
        AcceptAppealAct act, Approval approval, CancellationToken cancellation)
    {
        if (await decisions.Find(act.Appeal, cancellation) is not { IsOpen: true } found || AcceptAppealAct.Of(found) != act)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        var decision = AppealDecision.Of(act.Appeal, approval);
        if (found.Back is { } back)
        {
            return new ActPlan.Post(
                effects => AppealDecisions.GiveBack(found, decision, back, [.. effects]),
                SpendingRefusal.InsufficientFunds);
        }

        var (entry, commands) = AppealDecisions.MoveNothing(found, decision);
        return new ActPlan.Write(entry, commands);
    }
}

/// <summary>What is given back or spared, as whoever approves it reads it.</summary>
internal sealed record AcceptAppealAct(Guid Appeal, string Participant, string Quarter, Amount Sum)
{
    public static AcceptAppealAct Of(FoundAppeal found) => new(
        found.View.Id, found.View.Participant, found.View.Quarter, found.Given);
}

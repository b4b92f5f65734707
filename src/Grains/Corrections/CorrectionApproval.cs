using Stk.Grains.Approvals;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;

namespace Stk.Grains.Corrections;

/// <summary>A closed week is corrected, above what one signature may give.</summary>
internal sealed class CorrectionApproval(CorrectionPlans plans) : ApprovalKind<CorrectAct>(KindName)
{
    public const string KindName = "week.correct";

    protected override async Task<ActPlan> Plan(CorrectAct act, Approval approval, CancellationToken cancellation) =>
        await plans.Find(act.Week, act.Participant, act.Amount, cancellation) switch
        {
            (null, SpendingRefusal.UnknownParticipant) => new ActPlan.Refuse(SpendingRefusal.ActOutdated),
            (null, { } objection) => new ActPlan.Refuse(objection),
            (var terms, _) => new ActPlan.Post(
                effects => CorrectionPlans.Transaction(
                    approval.Key.Id, terms!, approval.Asked.Reason, approval.By.Subject, approval.At, // or an objection
                    approval.Asked.Id, [.. effects]),
                SpendingRefusal.InsufficientFunds),
        };
}

/// <summary>What is corrected, as whoever approves it reads it.</summary>
internal sealed record CorrectAct(WeekId Week, string Participant, Amount Amount);

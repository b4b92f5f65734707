using Stk.Grains.Approvals;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Treasury;

namespace Stk.Grains.Treasury;

/// <summary>Spending from a fund, above what one signature may give.</summary>
internal sealed class FundSpendApproval(FundSpendTable table) : ApprovalKind<FundSpendAct>(KindName)
{
    public const string KindName = "fund.spend";

    protected override async Task<ActPlan> Plan(FundSpendAct act, Approval approval, CancellationToken cancellation)
    {
        // What was asked is posted, and nothing else: a row that says otherwise by now is not what anybody approves.
        if (await table.Find(approval.Asked.Id, approval.At, cancellation) is not { View: var waiting } stored
            || FundSpendAct.Of(waiting) != act)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        // Of the decision, so that one refused for want of funds can be taken again; that it is paid once, its row sees to.
        var id = CauseId.Of("fund-spend", stored.Terms.Id.ToString(), approval.Key.Id.ToString());
        var paid = waiting with
        {
            State = FundSpendState.Paid,
            DecidedAt = approval.At,
            DecidedBy = approval.By.Subject,
            Transaction = id,
        };
        var entry = FundSpends.Entry(approval.At, approval.By, "fund.approve", paid, waiting, approval.Reason);
        return new ActPlan.Post(
            effects => FundSpends.Transaction(
                id, stored.Terms, [.. effects, new FundSpendEffect(stored.Terms, null, approval, entry)]),
            SpendingRefusal.InsufficientFunds);
    }
}

/// <summary>What is spent, as whoever approves it reads it.</summary>
internal sealed record FundSpendAct(string Fund, string To, Amount Amount, string Kind, int VestsDays)
{
    public static FundSpendAct Of(GrainInterfaces.Treasury.FundSpendView spend) => new(
        spend.Fund.WireName(), spend.To, spend.Amount, FundSpends.WireName(spend.Kind), spend.VestsDays);
}

using Stk.GrainInterfaces.Reconciling;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.Grains.Reconciling;

/// <summary>
/// What is outside and was never paid there is made good from the treasury, by two persons. Nothing else ends a difference.
/// </summary>
internal sealed class CoverApproval(DifferenceTable differences, IGrainFactory grains)
    : ApprovalKind<CoverAct>(KindName)
{
    public const string KindName = "settlement.cover";

    /// <summary>Why it is not even asked for; null where it may be.</summary>
    public async Task<SpendingRefusal?> Objection(Guid difference, CancellationToken cancellation) =>
        await differences.Find(difference, cancellation) switch
        {
            null => SpendingRefusal.UnknownDifference,
            { IsCovered: true } => SpendingRefusal.ActNotPossible,
            _ => null,
        };

    protected override async Task<ActPlan> Plan(CoverAct act, Approval approval, CancellationToken cancellation)
    {
        if (await differences.Find(act.Difference, cancellation) is not (var amountMicro, false)
            || amountMicro != act.Amount.Micro)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        var asked = approval.Asked;
        var entry = new AuditEntry(
            approval.At, approval.By.Subject, KindName, act.Difference.ToString(),
            AuditEntry.Json(new { covered = false }),
            AuditEntry.Json(new
            {
                covered = true,
                amount = act.Amount,
                approval = asked.Id,
                askedBy = asked.AskedBy,
                person = approval.By.Name,
                approvedBecause = approval.Reason,
            }),
            asked.Reason);
        // Of the decision, so that one refused for want of funds can be taken again; that it is done once, its row sees to.
        var id = CauseId.Of("cover", act.Difference.ToString(), approval.Key.Id.ToString());
        return new ActPlan.Post(
            effects => new Transaction(
                id, TransactionKind.Cover, "",
                [new(AccountId.Fund(Fund.Treasury), -act.Amount), new(AccountId.Chain, act.Amount)],
                [.. effects, new CoverEffect(act.Difference, amountMicro, approval, entry)]),
            SpendingRefusal.InsufficientFunds);
    }

    // The next one says whether they are equal now.
    protected override Task After(CoverAct act, Approval approval)
    {
        grains.GetGrain<IReconciliationGrain>(IReconciliationGrain.Key).Wake().Ignore();
        return Task.CompletedTask;
    }
}

/// <summary>What is made good, as whoever approves it reads it.</summary>
internal sealed record CoverAct(Guid Difference, Amount Amount);

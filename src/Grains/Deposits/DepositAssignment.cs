using Stk.GrainInterfaces.Deposits;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Notices;
using Stk.Grains.Registry;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Deposits;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Spending;
using Stk.Settlement;

namespace Stk.Grains.Deposits;

/// <summary>What is in suspense is credited to whom two operators say that it is.</summary>
internal sealed class DepositAssignment(
    DepositTable deposits, Counterparties counterparties, DepositMetrics metrics) : ApprovalKind<AssignAct>(KindName)
{
    public const string KindName = "settlement.assign";

    /// <summary>Why it is not even asked for; null where it may be.</summary>
    public async Task<SpendingRefusal?> Objection(Guid deposit, string to, CancellationToken cancellation) =>
        await deposits.Find(deposit, cancellation) switch
        {
            null => SpendingRefusal.UnknownDeposit,
            { State: not DepositState.Suspense } => SpendingRefusal.ActNotPossible,
            _ => await counterparties.Find(to, cancellation) is null ? SpendingRefusal.UnknownParticipant : null,
        };

    protected override async Task<ActPlan> Plan(AssignAct act, Approval approval, CancellationToken cancellation)
    {
        if (await deposits.Find(act.Deposit, cancellation) is not { State: DepositState.Suspense } found
            || found.Amount != act.Amount)
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        if (await counterparties.Find(act.To, cancellation) is not { } owner)
        {
            return new ActPlan.Refuse(SpendingRefusal.UnknownParticipant);
        }

        return new ActPlan.Post(
            effects => new Transaction(
                SettlementIds.Assignment(act.Deposit), TransactionKind.Deposit, "",
                [new(AccountId.ChainSuspense, -act.Amount), new(AccountId.Available(owner), act.Amount)],
                [
                    .. effects,
                    new DepositAssignmentEffect(found.Id, act.Amount, owner, approval, Entry(act, found, approval)),
                    new NoticeEffect(Notice.Of(
                        NoticeKinds.DepositReceived, owner, new { amount = act.Amount, signature = found.Signature },
                        act.Deposit.ToString())),
                ]),
            SpendingRefusal.InsufficientFunds);
    }

    protected override Task After(AssignAct act, Approval approval)
    {
        metrics.Assigned();
        return Task.CompletedTask;
    }

    private static AuditEntry Entry(AssignAct act, DepositView found, Approval approval) => new(
        approval.At, approval.By.Subject, KindName, act.Deposit.ToString(),
        AuditEntry.Json(new { state = found.State.WireName() }),
        AuditEntry.Json(new
        {
            state = DepositState.Assigned.WireName(),
            to = act.To,
            amount = act.Amount,
            approval = approval.Asked.Id,
            askedBy = approval.Asked.AskedBy,
            person = approval.By.Name,
            approvedBecause = approval.Reason,
        }),
        approval.Asked.Reason);
}

/// <summary>What is assigned, as whoever approves it reads it.</summary>
/// <param name="To">The participant's id.</param>
internal sealed record AssignAct(Guid Deposit, string To, Amount Amount);

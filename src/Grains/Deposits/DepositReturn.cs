using Stk.GrainInterfaces.Payouts;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Payouts;
using Stk.Rules.Deposits;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Solana.Keys;

namespace Stk.Grains.Deposits;

/// <summary>
/// What is in suspense goes back to whom it came from, as two operators say: an act on chain, which the vault's key signs.
/// </summary>
internal sealed class DepositReturn(DepositTable deposits, ChainTerms terms, IGrainFactory grains)
    : ApprovalKind<ReturnAct>(KindName)
{
    public const string KindName = "settlement.return";

    /// <summary>Why it is not even asked for; null where it may be.</summary>
    public async Task<SpendingRefusal?> Objection(Guid deposit, CancellationToken cancellation) =>
        terms.Addresses is null ? SpendingRefusal.SettlementOff
        : await deposits.Find(deposit, cancellation) switch
        {
            null => SpendingRefusal.UnknownDeposit,
            { State: not DepositState.Suspense } => SpendingRefusal.ActNotPossible,
            { Sender: null } => SpendingRefusal.NoSender,
            _ => null,
        };

    protected override async Task<ActPlan> Plan(ReturnAct act, Approval approval, CancellationToken cancellation)
    {
        if (terms.Addresses is null)
        {
            return new ActPlan.Refuse(SpendingRefusal.SettlementOff);
        }

        if (await deposits.Find(act.Deposit, cancellation) is not { State: DepositState.Suspense, Sender: { } sender } found
            || found.Amount != act.Amount || sender != act.To || !PublicKey.TryParse(sender, out _, out _))
        {
            return new ActPlan.Refuse(SpendingRefusal.ActOutdated);
        }

        var id = approval.Asked.Id;
        return new ActPlan.Write(
            Entry(act, approval),
            DepositTable.BeginReturn(found.Id, found.Amount, id),
            AskedActTable.InsertReturn(id, found.Amount, new(found.Id, sender), approval.At));
    }

    // Whoever settles finds it by itself too.
    protected override Task After(ReturnAct act, Approval approval)
    {
        grains.GetGrain<ISettlementGrain>(ISettlementGrain.Key).Wake().Ignore();
        return Task.CompletedTask;
    }

    private static AuditEntry Entry(ReturnAct act, Approval approval) => new(
        approval.At, approval.By.Subject, KindName, act.Deposit.ToString(),
        AuditEntry.Json(new { state = DepositState.Suspense.WireName() }),
        AuditEntry.Json(new
        {
            state = DepositState.Returning.WireName(),
            to = act.To,
            amount = act.Amount,
            approval = approval.Asked.Id,
            askedBy = approval.Asked.AskedBy,
            person = approval.By.Name,
            approvedBecause = approval.Reason,
        }),
        approval.Asked.Reason);
}

/// <summary>What goes back, as whoever approves it reads it.</summary>
/// <param name="To">The wallet that it came from, in base58.</param>
internal sealed record ReturnAct(Guid Deposit, string To, Amount Amount);

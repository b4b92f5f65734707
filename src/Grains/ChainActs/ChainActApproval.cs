using Stk.GrainInterfaces.Payouts;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Payouts;
using Stk.Rules.Money;

namespace Stk.Grains.ChainActs;

/// <summary>A mint, a refill, a burn or a memo: another person's yes lets the key's holder sign it.</summary>
internal sealed class ChainActApproval(ActBounds bounds, IGrainFactory grains) : ApprovalKind<NamedAct>(KindName)
{
    public const string KindName = "chain.act";

    protected override async Task<Approvals.ActPlan> Plan(
        NamedAct act, Approval approval, CancellationToken cancellation)
    {
        var asked = approval.Asked;
        var told = new AskedChainAct(asked.Id, ChainActNames.KindOf(act.Kind), act.Amount, act.Text);
        var bound = await bounds.Look(told, cancellation);
        return bound.Objection is { } objection
            ? new Approvals.ActPlan.Refuse(objection)
            : new Approvals.ActPlan.Write(
                new(
                    approval.At, approval.By.Subject, KindName, asked.Id.ToString(),
                    AuditEntry.Json(new { state = "asked" }),
                    AuditEntry.Json(new
                    {
                        approval = asked.Id,
                        askedBy = asked.AskedBy,
                        kind = act.Kind,
                        amount = act.Amount,
                        text = act.Text,
                    }),
                    asked.Reason),
                AskedActTable.Approve(told, bound.Account, bound.Beside, approval.At));
    }

    // Whoever settles finds it by itself too.
    protected override Task After(NamedAct act, Approval approval)
    {
        grains.GetGrain<ISettlementGrain>(ISettlementGrain.Key).Wake().Ignore();
        return Task.CompletedTask;
    }
}

/// <param name="Kind">mint, refill, burn or memo.</param>
/// <param name="Amount">Null for a memo.</param>
/// <param name="Text">Null for what moves tokens.</param>
internal sealed record NamedAct(string Kind, Amount? Amount, string? Text);

using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Payouts;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Payouts;
using Stk.Rules.Spending;
using Stk.Settlement.Acts;
using Stk.Settlement.Looks;
using Stk.Solana.Keys;

namespace Stk.Grains.Settling;

/// <summary>
/// Two operators' word on an act that is uncertain. The approval looks at the nodes and writes the word down; whoever
/// settles looks again, and only that look lets it stand.
/// </summary>
internal sealed class BatchResolution(
    ActTable acts, FreshLook look, IGrainFactory grains, ILogger<BatchResolution> log) : ApprovalKind<ResolveAct>(KindName)
{
    public const string KindName = "settlement.resolve";

    /// <summary>Why the word is not taken as things stand; null where it may be.</summary>
    /// <param name="maySkipLook">Whether a look that nobody answers says nothing against it.</param>
    public async Task<SpendingRefusal?> Objection(ResolveAct act, bool maySkipLook, CancellationToken cancellation) =>
        (await Look(act, maySkipLook, cancellation)).Objection;

    /// <inheritdoc cref="Objection"/>
    /// <returns>And which node shows otherwise, and what; null where none does.</returns>
    public async Task<(SpendingRefusal? Objection, string? Why)> Look(
        ResolveAct act, bool maySkipLook, CancellationToken cancellation)
    {
        if (await acts.Find(act.Batch, cancellation) is not { State: ActState.Uncertain, Last: { } last } found
            || last.Number != act.Attempt)
        {
            return (SpendingRefusal.ActNotPossible, null);
        }

        Signature? signature = null;
        if (act.Signature is { } landed)
        {
            if (!Signature.TryParse(landed, out var parsed, out _))
            {
                return (SpendingRefusal.EvidenceContradicts, null);
            }

            signature = parsed;
        }

        var reply = await look.Check(found, new(signature is not null, signature, KindName), cancellation);
        switch (reply)
        {
            case ResolutionReply.Done:
                return (null, null);
            case ResolutionReply.NotLooked:
                return (maySkipLook ? null : SpendingRefusal.ChainSilent, null);
            case ResolutionReply.Contradicted contradicted:
                Log.WordContradicted(log, act.Batch, act.Attempt, contradicted.What);
                return (SpendingRefusal.EvidenceContradicts, contradicted.What);
            case ResolutionReply.NotUncertain:
                return (SpendingRefusal.ActNotPossible, null);
            default:
                throw new UnreachableException();
        }
    }

    protected override async Task<ActPlan> Plan(ResolveAct act, Approval approval, CancellationToken cancellation)
    {
        if (await Objection(act, maySkipLook: false, cancellation) is { } objection)
        {
            return new ActPlan.Refuse(
                objection == SpendingRefusal.ActNotPossible ? SpendingRefusal.ActOutdated : objection);
        }

        var asked = approval.Asked;
        return new ActPlan.Write(
            new(
                approval.At, approval.By.Subject, KindName, act.Batch.ToString(),
                AuditEntry.Json(new { state = "uncertain", attempt = act.Attempt }),
                AuditEntry.Json(new
                {
                    approval = asked.Id,
                    askedBy = asked.AskedBy,
                    outcome = act.Signature is null ? "expired" : "landed",
                    signature = act.Signature,
                }),
                asked.Reason),
            WordTable.Insert(
                asked.Id, act.Batch, act.Signature, asked.AskedBy, approval.By.Subject, asked.Reason, approval.At));
    }

    // Whoever settles finds it by itself too.
    protected override Task After(ResolveAct act, Approval approval)
    {
        grains.GetGrain<ISettlementGrain>(ISettlementGrain.Key).Wake().Ignore();
        return Task.CompletedTask;
    }
}

/// <param name="Attempt">Its last: of a later one nothing was said.</param>
/// <param name="Signature">Base58: of what has landed; null where it can never land.</param>
internal sealed record ResolveAct(Guid Batch, int Attempt, string? Signature);

using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Economy;
using Stk.Rules.Spending;

namespace Stk.Grains.Sources;

/// <summary>Events of a source, by when they were received, count as if they had never been sent.</summary>
internal sealed class SourceVoiding(SourceTable sources, EconomyCache economy, IGrainFactory grains)
    : ApprovalKind<VoidAct>(KindName)
{
    public const string KindName = "source.void";

    protected override async Task<ActPlan> Plan(VoidAct act, Approval approval, CancellationToken cancellation)
    {
        if (await sources.FindKnown(act.Source, cancellation) is null)
        {
            return new ActPlan.Refuse(SpendingRefusal.UnknownSource);
        }

        var (askedBy, by) = (approval.Asked.AskedBy, approval.By.Subject);
        return new ActPlan.Write(
            new(
                approval.At, by, KindName, act.Source, Before: null,
                AuditEntry.Json(new
                {
                    approval = approval.Asked.Id,
                    askedBy,
                    receivedFrom = act.ReceivedFrom,
                    receivedTo = act.ReceivedTo,
                    types = act.Types,
                }),
                approval.Asked.Reason),
            VoidTable.Insert(approval.Asked.Id, act, approval.Asked.Reason, askedBy, by, approval.At));
    }

    // This silo shows it at once, and a week may have waited for it; the others see it by themselves.
    protected override async Task After(VoidAct act, Approval approval)
    {
        await economy.Refresh(CancellationToken.None);
        await grains.GetGrain<IScheduleGrain>(0).Wake();
    }
}

/// <param name="ReceivedTo">Not in it.</param>
/// <param name="Types">Null: all.</param>
/// <param name="Events">How many there were in open weeks when it was asked for.</param>
/// <param name="SealedEvents">How many there were in sealed weeks: these go on counting.</param>
internal sealed record VoidAct(
    string Source, DateTimeOffset ReceivedFrom, DateTimeOffset ReceivedTo, string[]? Types, long Events = 0,
    long SealedEvents = 0);

using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Sources;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Approvals;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Spending;
using Stk.Rules.Time;
using VoidPlan =
    Stk.Grains.Requests.RequestPlan<Stk.GrainInterfaces.Approvals.ApprovalView, Stk.Rules.Spending.SpendingRefusal>;

namespace Stk.Grains.Sources;

/// <inheritdoc cref="IVoidsGrain"/>
internal sealed class VoidsGrain(
    VoidTable table, SourceTable sources, KeyedWrites writes, OperatorRegister register, ApprovalDesk desk)
    : Grain, IVoidsGrain
{
    private string Source => this.GetPrimaryKeyString();

    public Task<ImmutableArray<VoidView>> List(CancellationToken cancellation) => table.List(Source, cancellation);

    public Task<SpendingReply<ApprovalView>> Void(VoidEventsRequest request, CancellationToken cancellation) => writes.Spend(
        request.Key, () => Plan(request, cancellation), stored => desk.ReadAsked(stored.Id), cancellation);

    public Task<SpendingReply<ApprovalView>> Lift(LiftVoidRequest request, CancellationToken cancellation) => writes.Spend(
        request.Key, () => Plan(request, cancellation), stored => desk.ReadAsked(stored.Id), cancellation);

    private async Task<VoidPlan> Plan(VoidEventsRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new VoidPlan.Refuse(SpendingRefusal.OperatorUnknown, IsKept: false);
        }

        if (await sources.FindKnown(Source, cancellation) is null)
        {
            return new VoidPlan.Refuse(SpendingRefusal.UnknownSource, IsKept: false);
        }

        // As they are kept: what is asked for is what is done.
        var act = new VoidAct(
            Source, request.ReceivedFrom.ToUniversalTime().InWholeMicroseconds(),
            request.ReceivedTo.ToUniversalTime().InWholeMicroseconds(), request.Types?.ToArray());
        var (open, ofSealed) = await table.Count(act, cancellation);
        return await desk.Ask<SpendingRefusal>(
            new(
                request.Key.Id, SourceVoiding.KindName, by, Source, act with { Events = open, SealedEvents = ofSealed },
                request.Reason),
            cancellation);
    }

    private async Task<VoidPlan> Plan(LiftVoidRequest request, CancellationToken cancellation) =>
        await register.FindOperator(request.By, cancellation) is not { } by
            ? new VoidPlan.Refuse(SpendingRefusal.OperatorUnknown, IsKept: false)
        : await table.FindLifted(Source, request.Void, cancellation) is not { } isLifted
            ? new VoidPlan.Refuse(SpendingRefusal.UnknownVoid, IsKept: false)
        : isLifted
            ? new VoidPlan.Refuse(SpendingRefusal.ActNotPossible, IsKept: false)
        : await desk.Ask<SpendingRefusal>(
            new(
                request.Key.Id, VoidLifting.KindName, by, Source, new LiftVoidAct(Source, request.Void), request.Reason),
            cancellation);
}

using System.Collections.Immutable;
using System.Diagnostics;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Reconciling;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Time;
using AskPlan =
    Stk.Grains.Requests.RequestPlan<Stk.Grains.Reconciling.ReconcileWish, Stk.GrainInterfaces.Reconciling.ReconcileReply>;

namespace Stk.Grains.Reconciling;

/// <inheritdoc cref="IReconciliationDeskGrain"/>
/// <remarks>It remembers nothing: all is asked of the database.</remarks>
internal sealed class ReconciliationDeskGrain(
    ReconciliationTable table, DifferenceTable differences, CoverApproval cover, SameCalls calls, KeyedWrites writes,
    OperatorRegister register, IClock clock) : Grain, IReconciliationDeskGrain
{
    public Task<ReconciliationView?> GetReserves(CancellationToken cancellation) => table.FindLast(cancellation);

    public Task<ReconciliationPage> List(PageRequest request, CancellationToken cancellation) =>
        table.List(request, cancellation);

    public Task<ImmutableArray<DifferenceView>> ListDifferences(CancellationToken cancellation) =>
        differences.ReadOpen(cancellation);

    public async Task<ReconcileReply> Ask(ReconcileRequest request, CancellationToken cancellation)
    {
        switch (await writes.Change(request.Key, () => Plan(request, cancellation), cancellation))
        {
            case RequestAnswer<ReconcileWish, ReconcileReply>.Done { IsReplay: var isReplay }:
                GrainFactory.GetGrain<IReconciliationGrain>(IReconciliationGrain.Key).Wake().Ignore();
                return new ReconcileReply.Asked(isReplay);
            case RequestAnswer<ReconcileWish, ReconcileReply>.Refused { Reason: var refusal }:
                return refusal;
            case RequestAnswer<ReconcileWish, ReconcileReply>.KeyReused:
                return new ReconcileReply.KeyReused();
            default:
                throw new UnreachableException();
        }
    }

    public async Task<SpendingReply<ApprovalView>> Cover(CoverDifferenceRequest request, CancellationToken cancellation)
    {
        var amountMicro = (await differences.Find(request.Difference, cancellation))?.AmountMicro ?? 0;
        return await calls.Answer(
            request.Key, request.By, request.Reason, CoverApproval.KindName, request.Difference.ToString(),
            new CoverAct(request.Difference, new(amountMicro)),
            () => cover.Objection(request.Difference, cancellation), cancellation);
    }

    private async Task<AskPlan> Plan(ReconcileRequest request, CancellationToken cancellation)
    {
        if (await register.FindOperator(request.By, cancellation) is not { } by)
        {
            return new AskPlan.Refuse(new ReconcileReply.OperatorUnknown());
        }

        var at = clock.Now.InWholeMicroseconds();
        return new AskPlan.Write(
            new(at),
            new(
                at, by.Subject, "settlement.reconcile", "settlement", Before: null, AuditEntry.Json(new { asked = true }),
                request.Reason),
            [OperatorRegister.Expect(by), ReconciliationTable.Ask(by.Subject, at)]);
    }
}

/// <summary>What a wish to reconcile has come to, as its answer is kept.</summary>
internal sealed record ReconcileWish(DateTimeOffset At);

using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;

namespace Stk.GrainInterfaces.Reconciling;

/// <summary>Where it is seen whether ledger and chain are equal, and what they differ in is made good. Key: 0.</summary>
[Alias("stk.reconciliation-desk")]
public interface IReconciliationDeskGrain : IGrainWithIntegerKey
{
    /// <summary>The last reconciliation that was done; null before the first. For anybody.</summary>
    [Alias("reserves"), AlwaysInterleave, MayCall(CallerRoles.Host)]
    Task<ReconciliationView?> GetReserves(CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ReconciliationPage> List(PageRequest request, CancellationToken cancellation);

    /// <summary>What is not made good yet, the oldest first.</summary>
    [Alias("differences"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ImmutableArray<DifferenceView>> ListDifferences(CancellationToken cancellation);

    /// <summary>Asks for a reconciliation: it is done within a minute, where the chain answers.</summary>
    [Alias("ask"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<ReconcileReply> Ask(ReconcileRequest request, CancellationToken cancellation);

    /// <summary>
    /// Makes a difference good from <c>fund:treasury</c>. It waits for another person, whose own call of the same approves
    /// it.
    /// </summary>
    [Alias("cover"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ApprovalView>> Cover(CoverDifferenceRequest request, CancellationToken cancellation);
}

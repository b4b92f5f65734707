using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;

namespace Stk.GrainInterfaces.Settling;

/// <summary>Where operators see and steer settlement. Key: 0.</summary>
[Alias("stk.settlement-desk")]
public interface ISettlementDeskGrain : IGrainWithIntegerKey
{
    /// <summary>How it stands, with a fresh look at the nodes.</summary>
    [Alias("status"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<SettlementStatus> GetStatus(CancellationToken cancellation);

    /// <summary>Newest first.</summary>
    /// <param name="state">Only these; null for all.</param>
    [Alias("batches"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<BatchPage> ListBatches(PageRequest request, string? state, CancellationToken cancellation);

    /// <summary>Null where there is none of this id.</summary>
    [Alias("batch"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<BatchDetails?> GetBatch(Guid id, CancellationToken cancellation);

    /// <summary>
    /// Holds payouts: nothing more is gathered, and nothing more is signed. What was signed goes on. Where they are held it
    /// changes nothing.
    /// </summary>
    [Alias("pause"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<SteeringReply> Pause(SteerSettlementRequest request, CancellationToken cancellation);

    /// <summary>
    /// Goes on. After a mismatch or in recovery it waits for another person, whose own call approves it.
    /// </summary>
    [Alias("resume"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<SteeringReply> Resume(SteerSettlementRequest request, CancellationToken cancellation);

    /// <summary>
    /// Says how an uncertain act has ended. It waits for another person, whose own call of the same approves it; nodes are
    /// looked at afresh each time, and where one shows otherwise it is refused.
    /// </summary>
    [Alias("resolve"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ApprovalView>> Resolve(ResolveBatchRequest request, CancellationToken cancellation);
}

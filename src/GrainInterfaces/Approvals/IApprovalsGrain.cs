using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Approvals;

namespace Stk.GrainInterfaces.Approvals;

/// <summary>
/// The one desk for all that takes two persons: what was asked waits here, and is done in the commit of its approval.
/// Key: 0.
/// </summary>
[Alias("stk.approvals")]
public interface IApprovalsGrain : IGrainWithIntegerKey
{
    /// <summary>Approves or rejects what waits: once, and by another person than who asked and who gains.</summary>
    [Alias("decide"), MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ApprovalView>> Decide(DecideApprovalRequest request, CancellationToken cancellation);

    /// <summary>Null where nothing waits, or has waited, under this id.</summary>
    [Alias("get"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ApprovalView?> Get(Guid id, CancellationToken cancellation);

    /// <summary>Newest first; the cursor is the page's before.</summary>
    /// <param name="state">Only these; null for all.</param>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ApprovalPage> List(PageRequest request, ApprovalState? state, CancellationToken cancellation);
}

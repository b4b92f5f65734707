using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Approvals;

namespace Stk.Grains.Approvals;

/// <inheritdoc cref="IApprovalsGrain"/>
internal sealed class ApprovalsGrain(ApprovalDesk desk) : Grain, IApprovalsGrain
{
    public Task<SpendingReply<ApprovalView>> Decide(DecideApprovalRequest request, CancellationToken cancellation) =>
        desk.Decide(request, kind: null, cancellation);

    public Task<ApprovalView?> Get(Guid id, CancellationToken cancellation) => desk.Find(id, cancellation);

    public Task<ApprovalPage> List(PageRequest request, ApprovalState? state, CancellationToken cancellation) =>
        desk.List(request, state, cancellation);
}

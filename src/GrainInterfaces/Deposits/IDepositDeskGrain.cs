using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Deposits;

namespace Stk.GrainInterfaces.Deposits;

/// <summary>Where operators see what has arrived from outside. Key: 0.</summary>
[Alias("stk.deposit-desk")]
public interface IDepositDeskGrain : IGrainWithIntegerKey
{
    /// <summary>Newest first.</summary>
    /// <param name="state">Only these; null for all.</param>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<DepositPage> List(PageRequest request, DepositState? state, CancellationToken cancellation);

    /// <summary>
    /// Says whose something in suspense is. It waits for another person, whose own call of the same approves it.
    /// </summary>
    [Alias("assign"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ApprovalView>> Assign(AssignDepositRequest request, CancellationToken cancellation);

    /// <summary>
    /// Says that something in suspense goes back to whom it came from. It waits for another person, whose own call of the
    /// same approves it; then an act on chain waits for the vault's key.
    /// </summary>
    [Alias("send-back"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<SpendingReply<ApprovalView>> SendBack(ReturnDepositRequest request, CancellationToken cancellation);
}

using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Grains.Approvals;
using Stk.Rules.Deposits;

namespace Stk.Grains.Deposits;

/// <inheritdoc cref="IDepositDeskGrain"/>
/// <remarks>It remembers nothing: all is asked of the database.</remarks>
internal sealed class DepositDeskGrain(
    DepositTable table, DepositAssignment assignment, DepositReturn returns, SameCalls calls) : Grain, IDepositDeskGrain
{
    public Task<DepositPage> List(PageRequest request, DepositState? state, CancellationToken cancellation) =>
        table.List(request, state, cancellation);

    public async Task<SpendingReply<ApprovalView>> Assign(
        AssignDepositRequest request, CancellationToken cancellation)
    {
        var amount = (await table.Find(request.Deposit, cancellation))?.Amount ?? default;
        return await calls.Answer(
            request.Key, request.By, request.Reason, DepositAssignment.KindName, request.Deposit.ToString(),
            new AssignAct(request.Deposit, request.To, amount),
            () => assignment.Objection(request.Deposit, request.To, cancellation), cancellation);
    }

    public async Task<SpendingReply<ApprovalView>> SendBack(
        ReturnDepositRequest request, CancellationToken cancellation)
    {
        var found = await table.Find(request.Deposit, cancellation);
        return await calls.Answer(
            request.Key, request.By, request.Reason, DepositReturn.KindName, request.Deposit.ToString(),
            new ReturnAct(request.Deposit, found?.Sender ?? "", found?.Amount ?? default),
            () => returns.Objection(request.Deposit, cancellation), cancellation);
    }
}

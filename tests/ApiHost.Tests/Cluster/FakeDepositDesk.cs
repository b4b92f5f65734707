using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Deposits;
using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeDepositDesk : IDepositDeskGrain
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    /// <summary>An id that no deposit has.</summary>
    public static Guid Nobody { get; } = new("00000000-0000-4000-8000-0000000000ff");

    public FakeAnswers Answers { get; } = new();

    public Task<DepositPage> List(PageRequest request, DepositState? state, CancellationToken cancellation) =>
        Task.FromResult(request.Cursor is "bad"
            ? new DepositPage([], null, IsCursorValid: false)
            : new DepositPage([Deposit(state ?? DepositState.Credited)], "good"));

    public Task<SpendingReply<ApprovalView>> Assign(AssignDepositRequest request, CancellationToken cancellation) =>
        Answers.Give<SpendingReply<ApprovalView>>(
            request.Key,
            () => request.Deposit == Nobody
                ? new SpendingReply<ApprovalView>.Refused(SpendingRefusal.UnknownDeposit, IsReplay: false)
                : FakeApprovals.Done(request.Key.Id, "settlement.assign", request.By, request.Reason),
            FakeApprovals.Replay, () => new SpendingReply<ApprovalView>.KeyReused());

    public Task<SpendingReply<ApprovalView>> SendBack(ReturnDepositRequest request, CancellationToken cancellation) =>
        Answers.Give<SpendingReply<ApprovalView>>(
            request.Key,
            () => request.Deposit == Nobody
                ? new SpendingReply<ApprovalView>.Refused(SpendingRefusal.UnknownDeposit, IsReplay: false)
                : FakeApprovals.Done(request.Key.Id, "settlement.return", request.By, request.Reason),
            FakeApprovals.Replay, () => new SpendingReply<ApprovalView>.KeyReused());

    public static DepositView Deposit(DepositState state) => new(
        Guid.Empty, Amount.OfStk(5), state, "sender", "memo", state == DepositState.Credited ? "ann" : null, "sig", 7, At);
}

using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Reconciling;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeReconciliationDesk : IReconciliationDeskGrain
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private static readonly ReconciliationView View = new(
        3, "hour", null, At,
        new(
            At, 9, 7, new(90), new(60), new(10), new(2), new(20), new(5), new(100), new(95), new(1), new(3), new(4),
            Matches: false, ["It does not."]));

    /// <summary>An id that no difference has.</summary>
    public static Guid Nobody { get; } = new("00000000-0000-4000-8000-0000000000ff");

    /// <summary>Whether one was ever done.</summary>
    public bool IsDone { get; set; } = true;

    public FakeAnswers Answers { get; } = new();

    public Task<ReconciliationView?> GetReserves(CancellationToken cancellation) => Task.FromResult(IsDone ? View : null);

    public Task<ReconciliationPage> List(PageRequest request, CancellationToken cancellation) => Task.FromResult(
        request.Cursor is "bad"
            ? new ReconciliationPage([], null, IsCursorValid: false)
            : new ReconciliationPage([View with { Number = 4, Cause = "asked", AskedBy = "olga", Sums = null }], "good"));

    public Task<ImmutableArray<DifferenceView>> ListDifferences(CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<DifferenceView>>(
            [new(Guid.Empty, "left", Amount.OfStk(3), "vault", "sig", "It went to bob.", At)]);

    public Task<ReconcileReply> Ask(ReconcileRequest request, CancellationToken cancellation) =>
        Answers.Give<ReconcileReply>(
            request.Key,
            () => request.By == FakeOperators.GoneInTheSilo
                ? new ReconcileReply.OperatorUnknown()
                : new ReconcileReply.Asked(IsReplay: false),
            first => first is ReconcileReply.Asked ? new ReconcileReply.Asked(IsReplay: true) : first,
            () => new ReconcileReply.KeyReused());

    public Task<SpendingReply<ApprovalView>> Cover(CoverDifferenceRequest request, CancellationToken cancellation) =>
        Answers.Give<SpendingReply<ApprovalView>>(
            request.Key,
            () => request.Difference == Nobody
                ? new SpendingReply<ApprovalView>.Refused(SpendingRefusal.UnknownDifference, IsReplay: false)
                : FakeApprovals.Done(request.Key.Id, "settlement.cover", request.By, request.Reason),
            FakeApprovals.Replay, () => new SpendingReply<ApprovalView>.KeyReused());
}

using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Sources;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeVoids(string source) : IVoidsGrain
{
    public static readonly Guid Known = new("0190c2f0-0000-7000-8000-00000000000a");

    private static readonly DateTimeOffset Day = new(2025, 12, 1, 0, 0, 0, TimeSpan.Zero);

    public FakeAnswers Answers { get; } = new();

    public VoidEventsRequest? Last { get; private set; }

    public Task<ImmutableArray<VoidView>> List(CancellationToken cancellation) =>
        Task.FromResult<ImmutableArray<VoidView>>(
            [new(Known, Day, Day.AddHours(1), ["ExerciseSave"], "a stolen key", "olga", "oleg", Day.AddHours(2), null, null)]);

    public Task<SpendingReply<ApprovalView>> Void(VoidEventsRequest request, CancellationToken cancellation) =>
        Answers.Give(
            request.Key,
            () =>
            {
                Last = request;
                return source.StartsWith("unknown", StringComparison.Ordinal)
                    ? new SpendingReply<ApprovalView>.Refused(SpendingRefusal.UnknownSource, IsReplay: false)
                    : FakeApprovals.Done(request.Key.Id, "source.void", request.By, request.Reason);
            },
            FakeApprovals.Replay, () => new SpendingReply<ApprovalView>.KeyReused());

    public Task<SpendingReply<ApprovalView>> Lift(LiftVoidRequest request, CancellationToken cancellation) =>
        Answers.Give(
            request.Key,
            () => request.Void != Known
                ? new SpendingReply<ApprovalView>.Refused(SpendingRefusal.UnknownVoid, IsReplay: false)
                : FakeApprovals.Done(request.Key.Id, "source.lift-void", request.By, request.Reason),
            FakeApprovals.Replay, () => new SpendingReply<ApprovalView>.KeyReused());
}

using System.Collections.Concurrent;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Suspensions;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeSuspensions : ISuspensionsGrain
{
    public ConcurrentDictionary<string, SuspendRequest> Suspended { get; } = new(StringComparer.Ordinal);

    public FakeAnswers Answers { get; } = new();

    public Task<bool> IsSuspended(string participant, CancellationToken cancellation) =>
        Task.FromResult(Suspended.ContainsKey(participant));

    public Task<SuspendReply> Suspend(SuspendRequest request, CancellationToken cancellation) =>
        Answers.Give<SuspendReply>(
            request.Key,
            () =>
            {
                if (request.Participant.StartsWith("unknown", StringComparison.Ordinal))
                {
                    return new SuspendReply.Unknown();
                }

                if (request.Participant.StartsWith("refused", StringComparison.Ordinal))
                {
                    return new SuspendReply.OperatorUnknown();
                }

                Suspended[request.Participant] = request;
                return new SuspendReply.Done(IsReplay: false);
            },
            _ => new SuspendReply.Done(IsReplay: true),
            () => new SuspendReply.KeyReused());

    public Task<SpendingReply<ApprovalView>> Lift(LiftSuspensionRequest request, CancellationToken cancellation) =>
        Answers.Give<SpendingReply<ApprovalView>>(
            request.Key,
            () => request.Participant.StartsWith("unknown", StringComparison.Ordinal)
                    ? new SpendingReply<ApprovalView>.Refused(SpendingRefusal.UnknownParticipant, IsReplay: false)
                : !Suspended.ContainsKey(request.Participant)
                    ? new SpendingReply<ApprovalView>.Refused(SpendingRefusal.ActNotPossible, IsReplay: false)
                : FakeApprovals.Done(request.Key.Id, "participant.lift", request.By, request.Reason),
            FakeApprovals.Replay, () => new SpendingReply<ApprovalView>.KeyReused());
}

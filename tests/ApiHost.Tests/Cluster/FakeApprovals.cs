using System.Collections.Concurrent;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Approvals;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>One act waits, asked by olga; under an id that ends in 0 nothing does.</summary>
public sealed class FakeApprovals : IApprovalsGrain
{
    public static readonly DateTimeOffset At = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);

    public FakeAnswers Answers { get; } = new();

    public ConcurrentQueue<DecideApprovalRequest> Asked { get; } = new();

    public SpendingRefusal? RefusesWith { get; set; }

    public ApprovalState? LastState { get; private set; }

    public static ApprovalView Waiting(Guid id, string kind, string by, string reason) => new(
        id, kind, ApprovalState.Waiting, by, At, reason, """{"version":3}""", At.AddDays(14), null, null, null);

    public static SpendingReply<ApprovalView> Done(Guid id, string kind, string by, string reason) =>
        new SpendingReply<ApprovalView>.Done(Waiting(id, kind, by, reason), false);

    public static SpendingReply<ApprovalView> Replay(SpendingReply<ApprovalView> first) => first switch
    {
        SpendingReply<ApprovalView>.Done done => done with { IsReplay = true },
        SpendingReply<ApprovalView>.Refused refused => refused with { IsReplay = true },
        _ => first,
    };

    public Task<SpendingReply<ApprovalView>> Decide(DecideApprovalRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        return Answers.Give<SpendingReply<ApprovalView>>(
            request.Key,
            () => RefusesWith is { } reason ? new SpendingReply<ApprovalView>.Refused(reason, false)
                : request.By == "olga"
                    ? new SpendingReply<ApprovalView>.Refused(SpendingRefusal.NeedsSecondApproval, false)
                : new SpendingReply<ApprovalView>.Done(
                    Waiting(request.Approval, "rules.withdraw", "olga", "the wrong week") with
                    {
                        State = request.IsApproved ? ApprovalState.Approved : ApprovalState.Rejected,
                        DecidedAt = At,
                        DecidedBy = request.By,
                        DecidedReason = request.Reason,
                    },
                    false),
            Replay, () => new SpendingReply<ApprovalView>.KeyReused());
    }

    public Task<ApprovalView?> Get(Guid id, CancellationToken cancellation) => Task.FromResult(
        id.ToString().EndsWith('0') ? null : Waiting(id, "rules.withdraw", "olga", "the wrong week"));

    public Task<ApprovalPage> List(PageRequest request, ApprovalState? state, CancellationToken cancellation)
    {
        LastState = state;
        return Task.FromResult(request.Cursor is null or "good"
            ? new ApprovalPage([Waiting(new(4, 0, 0, new byte[8]), "rules.withdraw", "olga", "the wrong week")], "good")
            : new ApprovalPage([], null, IsCursorValid: false));
    }
}

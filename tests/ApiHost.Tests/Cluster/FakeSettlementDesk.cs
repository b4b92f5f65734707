using System.Collections.Concurrent;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Settling;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Money;
using Stk.Rules.Payouts;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Cluster;

public sealed class FakeSettlementDesk : ISettlementDeskGrain
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 8, 0, 0, TimeSpan.Zero);

    private PauseView? _pause;

    /// <summary>An id that no batch has.</summary>
    public static Guid Nobody { get; } = new("00000000-0000-4000-8000-0000000000ff");

    /// <summary>Whether a resume takes two persons.</summary>
    public bool TakesTwo { get; set; }

    /// <summary>Why a word is not taken; null where it is.</summary>
    public SpendingRefusal? Refusal { get; set; }

    public ConcurrentQueue<ResolveBatchRequest> Words { get; } = new();

    public FakeAnswers Answers { get; } = new();

    public Task<SettlementStatus> GetStatus(CancellationToken cancellation) => Task.FromResult(new SettlementStatus(
        IsOn: true, _pause, PayoutHold.DayCap, [new("waiting", 2, Amount.OfStk(3))], [new("uncertain", 1, Amount.OfStk(1))], 1,
        Amount.OfStk(500), 1_000, new(null, Amount.OfStk(50), null, 10),
        [new("alpha", 7, 5, null), new("beta", null, null, "It did not answer in time.")],
        [new(Guid.Empty, "daily-cap", "more would leave", null, 3, At)]));

    public Task<BatchPage> ListBatches(PageRequest request, string? state, CancellationToken cancellation) =>
        Task.FromResult(request.Cursor is "bad"
            ? new BatchPage([], null, IsCursorValid: false)
            : new BatchPage([View(Guid.Empty, state ?? "sent")], "good"));

    public Task<BatchDetails?> GetBatch(Guid id, CancellationToken cancellation) => Task.FromResult(
        id == Nobody ? null : new BatchDetails(
            View(id, "uncertain"), [new(Guid.Empty, "wallet", Amount.OfStk(1), "taken", MakesAccount: true)],
            [new(1, "sig", [1, 2], "hash", 150, 9, "alpha", At, At, "taken", null, """{"conclusion":"Nothing is proved."}""")],
            [], [new(Guid.Empty, "expired", null, "olga", "oleg", "r", At, "contradicted", "beta shows it.")]));

    public Task<SteeringReply> Pause(SteerSettlementRequest request, CancellationToken cancellation) => Steer(
        request, () => _pause ??= new(PauseCause.ByOperator, At, request.By, request.Reason));

    public Task<SteeringReply> Resume(SteerSettlementRequest request, CancellationToken cancellation) => TakesTwo
        ? Task.FromResult<SteeringReply>(new SteeringReply.OfTwo(
            FakeApprovals.Done(request.Key.Id, "settlement.resume", request.By, request.Reason)))
        : Steer(request, () => _pause = null);

    public Task<SpendingReply<ApprovalView>> Resolve(ResolveBatchRequest request, CancellationToken cancellation) =>
        Answers.Give<SpendingReply<ApprovalView>>(
            request.Key,
            () =>
            {
                Words.Enqueue(request);
                return Refusal is { } refusal
                    ? new SpendingReply<ApprovalView>.Refused(refusal, IsReplay: false)
                    : FakeApprovals.Done(request.Key.Id, "settlement.resolve", request.By, request.Reason);
            },
            FakeApprovals.Replay, () => new SpendingReply<ApprovalView>.KeyReused());

    private Task<SteeringReply> Steer(SteerSettlementRequest request, Func<PauseView?> steer) =>
        Answers.Give<SteeringReply>(
            request.Key,
            () => request.By == FakeOperators.GoneInTheSilo
                ? new SteeringReply.OperatorUnknown()
                : new SteeringReply.Done(steer(), IsReplay: false),
            first => first is SteeringReply.Done done ? done with { IsReplay = true } : first,
            () => new SteeringReply.KeyReused());

    private static BatchView View(Guid id, string state) => new(
        id, "payouts", state, IsClosed: false, 1, Amount.OfStk(1), 1, At, At, "sig", null);
}

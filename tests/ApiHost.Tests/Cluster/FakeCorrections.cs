using System.Collections.Concurrent;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Corrections;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Approvals;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Knows ann alone, has 5 STK of hers to take, and lets one person give 10,000.</summary>
public sealed class FakeCorrections(string week) : ICorrectionsGrain
{
    private static readonly DateTimeOffset At = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);

    public FakeAnswers Answers { get; } = new();

    public ConcurrentQueue<CorrectRequest> Asked { get; } = new();

    public Task<SpendingReply<CorrectionView>> Correct(CorrectRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        return Answers.Give<SpendingReply<CorrectionView>>(
            request.Key,
            () => Answer(request),
            earlier => earlier is SpendingReply<CorrectionView>.Done done ? done with { IsReplay = true } : earlier,
            () => new SpendingReply<CorrectionView>.KeyReused());
    }

    private SpendingReply<CorrectionView> Answer(CorrectRequest request)
    {
        _ = WeekId.TryParse(week, out var id);
        return request switch
        {
            { Participant: not "ann" } => Refused(SpendingRefusal.UnknownParticipant),
            { Amount.Micro: < -5_000_000 } => Refused(SpendingRefusal.InsufficientFunds),
            _ when id.Number > 202553 => Refused(SpendingRefusal.WeekNotSettled),
            _ when request.Amount > Amount.OfStk(10_000) => Done(new(
                request.Key.Id, 0, At, id, request.Participant, request.Amount, 0,
                new ApprovalView(
                    request.Key.Id, "week.correct", ApprovalState.Waiting, request.By, At, request.Reason, "{}",
                    At.AddDays(14), null, null, null, IsAlone: false))),
            _ => Done(new(request.Key.Id, 17, At, id, request.Participant, request.Amount, 2)),
        };
    }

    private static SpendingReply<CorrectionView> Done(CorrectionView view) =>
        new SpendingReply<CorrectionView>.Done(view, IsReplay: false);

    private static SpendingReply<CorrectionView> Refused(SpendingRefusal reason) =>
        new SpendingReply<CorrectionView>.Refused(reason, IsReplay: false);
}

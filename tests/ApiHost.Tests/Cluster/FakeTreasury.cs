using System.Collections.Concurrent;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.GrainInterfaces.Treasury;
using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Treasury;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Above 10,000 STK a spending waits. What olga asked for she cannot approve.</summary>
public sealed class FakeTreasury : ITreasuryGrain
{
    private static readonly DateTimeOffset At = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);

    public FakeAnswers Answers { get; } = new();

    public ConcurrentQueue<object> Asked { get; } = new();

    public bool? WasAskedForWaiting { get; private set; }

    public bool IsAlone { get; set; }

    public Task<SpendingReply<FundSpendView>> Spend(FundSpendRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        var isWaiting = request.Amount > Amount.OfStk(10_000);
        return Give(request.Key, () => request.Fund == Fund.Rewards
            ? new SpendingReply<FundSpendView>.Refused(SpendingRefusal.FundNotSpendable, false)
            : new SpendingReply<FundSpendView>.Done(
                new(
                    request.Key.Id, isWaiting ? FundSpendState.Waiting : FundSpendState.Paid, request.Fund, request.To,
                    request.Amount, request.Kind, request.Reason, request.VestsDays, At, request.By, null, null,
                    isWaiting ? null : request.Key.Id, isWaiting && IsAlone),
                false));
    }

    public Task<SpendingReply<FundSpendView>> Decide(DecideRequest request, CancellationToken cancellation)
    {
        Asked.Enqueue(request);
        return Give(request.Key, () => request.By == "olga" && request.IsApproved
            ? new SpendingReply<FundSpendView>.Refused(SpendingRefusal.NeedsSecondApproval, false)
            : new SpendingReply<FundSpendView>.Done(
                Waiting(request.Spend) with
                {
                    State = request.IsApproved ? FundSpendState.Paid : FundSpendState.Rejected,
                    DecidedAt = At,
                    DecidedBy = request.By,
                    Transaction = request.IsApproved ? request.Key.Id : null,
                },
                false));
    }

    public Task<FundSpendPage> GetSpends(PageRequest request, bool isWaitingOnly, CancellationToken cancellation)
    {
        WasAskedForWaiting = isWaitingOnly;
        return Task.FromResult(request.Cursor is null or "good"
            ? new FundSpendPage([Waiting(new(4, 0, 0, new byte[8]))], "good")
            : new FundSpendPage([], null, IsCursorValid: false));
    }

    private static FundSpendView Waiting(Guid id) => new(
        id, FundSpendState.Waiting, Fund.Treasury, "bob", Amount.OfStk(25_000), FundSpendKind.Grant, "best project", 90, At,
        "olga", null, null, null);

    private Task<SpendingReply<FundSpendView>> Give(
        GrainInterfaces.Requests.RequestKey key, Func<SpendingReply<FundSpendView>> first) => Answers.Give(
        key, first,
        earlier => earlier switch
        {
            SpendingReply<FundSpendView>.Done done => done with { IsReplay = true },
            SpendingReply<FundSpendView>.Refused refused => refused with { IsReplay = true },
            _ => earlier,
        },
        () => new SpendingReply<FundSpendView>.KeyReused());
}

using System.Collections.Concurrent;
using Stk.GrainInterfaces.Inactivity;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>All actors of redistribution: one quarter that has begun, 2026-Q1, and one appeal.</summary>
public sealed class FakeInactivity : IRedistributionGrain, IInactiveGrain, IAppealsGrain, ILeavesGrain
{
    public static readonly Guid Appeal1 = new("0190c2f0-0000-7000-8000-000000000001");

    /// <summary>Of more than one signature may give.</summary>
    public static readonly Guid Appeal2 = new("0190c2f0-0000-7000-8000-000000000002");

    private static readonly DateTimeOffset At = new(2026, 1, 5, 7, 0, 0, TimeSpan.Zero);

    public ConcurrentQueue<AppealRequest> Appeals { get; } = new();

    public ConcurrentDictionary<string, LeaveRequest> Leaves { get; } = new(StringComparer.Ordinal);

    public FakeAnswers Answers { get; } = new();

    /// <summary>Why the next appeals are refused; null where they are not.</summary>
    public AppealRefusal? Refusal { get; set; }

    /// <summary>Of which quarter it is asked, as its key says.</summary>
    public string Quarter { get; init; } = "";

    private bool HasBegun => Quarter == "2026-Q1";

    public Task<QuarterStatus> Drive(int days) => throw new NotSupportedException();

    public Task<QuarterReport?> GetReport(bool isPreview, CancellationToken cancellation) => Task.FromResult(
        HasBegun || isPreview
            ? new QuarterReport(
                Quarter, new(2026, 1, 1), At, "done", 1, 1, Amount.OfStk(5), [new(500, 1, Amount.OfStk(5))],
                [new("charged", 1, Amount.OfStk(5))])
            : null);

    public Task<byte[]?> ReadCsv(bool isPreview, CancellationToken cancellation) =>
        Task.FromResult(HasBegun || isPreview ? "user_id\r\n"u8.ToArray() : null);

    public Task<byte[]?> ReadRestorations(CancellationToken cancellation) =>
        Task.FromResult(HasBegun ? "week\r\n"u8.ToArray() : null);

    public Task<RedistributionReply> GetRedistribution(CancellationToken cancellation) =>
        Task.FromResult(new RedistributionReply(null, []));

    public Task<AppealReply> Appeal(AppealRequest request, CancellationToken cancellation) => Answers.Give<AppealReply>(
        request.Key,
        () =>
        {
            Appeals.Enqueue(request);
            return Refusal is { } refusal
                ? new AppealReply.Refused(refusal)
                : new AppealReply.Done(Appeal1, At, Amount.OfStk(5), IsReplay: false);
        },
        first => first is AppealReply.Done done ? done with { IsReplay = true } : first,
        () => new AppealReply.KeyReused());

    public Task<AppealPage> List(PageRequest request, AppealState? state, CancellationToken cancellation) =>
        Task.FromResult(request.Cursor is null
            ? new AppealPage([View(state ?? AppealState.Open)], null)
            : new AppealPage([], null, IsCursorValid: false));

    public Task<SpendingReply<AppealView>> Decide(DecideAppealRequest request, CancellationToken cancellation) =>
        Task.FromResult<SpendingReply<AppealView>>(request.Appeal == Appeal2
            ? new SpendingReply<AppealView>.Done(
                View(AppealState.Open) with
                {
                    Waiting = FakeApprovals.Waiting(request.Key.Id, "appeal.accept", request.By, request.Reason),
                },
                IsReplay: false)
            : request.Appeal == Appeal1 ? new SpendingReply<AppealView>.Done(
                View(request.IsAccepted ? AppealState.Accepted : AppealState.Rejected), IsReplay: false)
            : new SpendingReply<AppealView>.Refused(SpendingRefusal.UnknownAppeal, IsReplay: false));

    public Task<LeaveView?> Get(string participant, CancellationToken cancellation) => Task.FromResult(
        Leaves.TryGetValue(participant, out var leave) ? new LeaveView(leave.From, leave.To) : null);

    public Task<LeaveReply> Put(LeaveRequest request, CancellationToken cancellation) => Answers.Give<LeaveReply>(
        request.Key,
        () =>
        {
            if (request.Participant.StartsWith("unknown", StringComparison.Ordinal))
            {
                return new LeaveReply.Unknown();
            }

            if (request.Participant == request.By)
            {
                return new LeaveReply.OwnAffair();
            }

            Leaves[request.Participant] = request;
            return new LeaveReply.Done(IsReplay: false);
        },
        _ => new LeaveReply.Done(IsReplay: true),
        () => new LeaveReply.KeyReused());

    private static AppealView View(AppealState state) => new(
        Appeal1, "ann", "2026-Q1", "I was ill", Amount.OfStk(5), At, state, null, null, null, null);
}

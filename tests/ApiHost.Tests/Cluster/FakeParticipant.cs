using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Stk.GrainInterfaces.Faults;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Deposits;
using Stk.GrainInterfaces.Payouts;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Services;
using Stk.GrainInterfaces.Vesting;
using Stk.Rules.Activity;
using Stk.Rules.Money;
using Stk.Rules.Deposits;
using Stk.Rules.Payouts;
using Stk.Rules.Weeks;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>Registered unless its id begins with <c>unknown</c>. Counts each event once.</summary>
public sealed class FakeParticipant(string id) : IEarnerGrain, IHolderGrain, IProfileGrain, IRecordsGrain
{
    private static readonly DateTimeOffset At = new(2025, 12, 22, 8, 0, 0, TimeSpan.Zero);
    private static readonly WeekId Week = WeekId.OfNumber(202551);

    private readonly HashSet<(string, Guid)> _seen = [];
    private volatile BalanceReply _balance = new(new(1_584_000_000), new(500_000), Amount.Zero, 7, 5);
    private volatile TaskCompletionSource _changed = New();
    private volatile bool _answersAsItIs;

    public ConcurrentQueue<RecordRequest> Recorded { get; } = new();

    public ConcurrentQueue<ChangeProfileRequest> Changes { get; } = new();

    /// <summary>Thrown by the next calls, after what they do is done: a silo that dies before it answers.</summary>
    public ConcurrentQueue<Exception> Deaths { get; } = new();

    /// <summary>Calls to record wait for it, as for a commit; null where they do not.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>Tokens of the calls to record, in the order they came.</summary>
    public ConcurrentQueue<CancellationToken> Tokens { get; } = new();

    public FakeAnswers Answers { get; } = new();

    public PageRequest? LastPage { get; private set; }

    private BalanceReply Balance => (Holds ?? _balance) with { Sequence = Heard };

    private bool IsRegistered => !id.StartsWith("unknown", StringComparison.Ordinal);

    public async Task<ImmutableArray<EventAnswer>> Record(RecordRequest request, CancellationToken cancellation)
    {
        Recorded.Enqueue(request);
        Tokens.Enqueue(cancellation);
        if (Gate is { } gate)
        {
            await gate.Task;
        }

        ImmutableArray<EventAnswer> answers = [.. request.Events.Select(sent => new EventAnswer(
            _seen.Add((request.Source, sent.Uuid)) ? EventOutcome.Counted : EventOutcome.Duplicate))];
        return Deaths.TryDequeue(out var death)
            ? throw death
            : answers;
    }

    /// <summary>The commit up to which this participant's silo has heard the journal.</summary>
    public long Heard { get; set; } = 7;

    /// <summary>How often a stream has asked for what comes after a commit, and after which.</summary>
    public ConcurrentQueue<long> Asked { get; } = new();

    public ValueTask<BalanceReply> GetBalance() => Deaths.TryDequeue(out var death)
        ? ValueTask.FromException<BalanceReply>(death)
        : Broken.TryGetValue(nameof(GetBalance), out var broken) ? ValueTask.FromException<BalanceReply>(broken)
        : ValueTask.FromResult(IsRegistered
            ? Balance
            : new BalanceReply(Amount.Zero, Amount.Zero, Amount.Zero, 7, IsOfNobody: true));

    /// <summary>The commit that the journal ends with; null where this participant's silo has heard it all.</summary>
    public long? Head { get; set; }

    public async Task<BalanceReply> GetBalanceAt(long sequence, CancellationToken cancellation)
    {
        if (sequence > (Head ?? Heard))
        {
            return await GetBalance() with { IsSequenceUnknown = true };
        }

        return sequence > Heard ? throw new ClusterBusyException("not heard of yet") : await GetBalance();
    }

    public async Task<BalanceReply> GetBalanceAfter(long sequence, CancellationToken cancellation)
    {
        Asked.Enqueue(sequence);
        if (Deaths.TryDequeue(out var death))
        {
            throw death;
        }

        while (true)
        {
            var changed = _changed;
            if (Balance.ChangedIn > sequence)
            {
                return Balance;
            }

            await changed.Task.WaitAsync(cancellation);
            if (_answersAsItIs)
            {
                return Balance;
            }
        }
    }

    /// <summary>As a silo does after some seconds without a change.</summary>
    public void AnswerAsItIs()
    {
        _answersAsItIs = true;
        Interlocked.Exchange(ref _changed, New()).SetResult();
    }

    /// <summary>What the journal says from a commit on.</summary>
    public void Change(Amount available, long sequence)
    {
        _balance = new(available, _balance.Frozen, _balance.Settling, sequence, sequence);
        Heard = sequence;
        Interlocked.Exchange(ref _changed, New()).SetResult();
    }

    public Task<HistoryPage> GetHistory(PageRequest request, CancellationToken cancellation)
    {
        LastPage = request;
        return Task.FromResult(request.Cursor is null or "good"
            ? new HistoryPage(
                [new(7, At, Guid.Empty, "weekly_reward", "2025-W51", "available", new(1_584_000_000), new(1_584_000_000), "bob", "for the lunch", "mentor_session")], "good")
            : new HistoryPage([], null, IsCursorValid: false));
    }

    /// <summary>Methods that fail, by name.</summary>
    public ConcurrentDictionary<string, Exception> Broken { get; } = new(StringComparer.Ordinal);

    /// <summary>What lists hold; null for the usual.</summary>
    public ImmutableArray<TransactionView>? Operations { get; set; }

    /// <inheritdoc cref="Operations"/>
    public ImmutableArray<WeeklyRewardView>? Rewards { get; set; }

    /// <inheritdoc cref="Operations"/>
    public LimitsReply? Limits { get; set; }

    /// <inheritdoc cref="Operations"/>
    public StreakReply? StreakNow { get; set; }

    /// <inheritdoc cref="Operations"/>
    public ImmutableArray<OwnEvent>? Done { get; set; }

    /// <inheritdoc cref="Operations"/>
    public ImmutableArray<GrantView>? Grants { get; set; }

    /// <inheritdoc cref="Operations"/>
    public ImmutableArray<SaleView>? Sold { get; set; }

    /// <summary>The transaction that is found; null for the usual.</summary>
    public TransactionDetail? Detail { get; set; }

    private Task<T> Unless<T>(string method, T answer) =>
        Broken.TryGetValue(method, out var broken) ? Task.FromException<T>(broken) : Task.FromResult(answer);

    public Task<TransactionPage> GetTransactions(PageRequest request, CancellationToken cancellation) =>
        Unless(nameof(GetTransactions), (LastPage = request).Cursor is null or "good"
            ? new TransactionPage(
                Operations ?? [new(Guid.Empty, 7, At, "weekly_reward", "2025-W51", new(1), new(2), Amount.Zero, "bob", "for the lunch")], null)
            : new TransactionPage([], null, IsCursorValid: false));

    public Task<TransactionDetail?> GetTransaction(Guid transaction, CancellationToken cancellation) =>
        Task.FromResult<TransactionDetail?>(transaction == Guid.Empty
            ? null
            : Detail ?? new(
                new(transaction, 7, At, "transfer", "x", new(-10_100_000), Amount.Zero, Amount.Zero, "bob", "for the lunch"),
                [new("available", new(-10_100_000), new(1_573_900_000))],
                [new("participants", Amount.OfStk(10)), new("fund:treasury", new(100_000))]));

    public Task<ImmutableArray<DayBalance>> GetDaily(DateOnly from, DateOnly to, CancellationToken cancellation) =>
        Unless<ImmutableArray<DayBalance>>(nameof(GetDaily),
        [
            .. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1)
                .Select(day => new DayBalance(from.AddDays(day), Amount.OfStk(1_000 + day), new(500_000), Amount.Zero)),
        ]);

    /// <summary>The request of the last page of activity.</summary>
    public ActivityRequest? LastActivity { get; private set; }

    public Task<ActivityPage> GetActivity(ActivityRequest request, CancellationToken cancellation) => Task.FromResult(
        (LastActivity = request).Cursor is null or "good"
            ? new ActivityPage(Done ?? [new("lms", Guid.Empty, "ExerciseSave", At, "over_limit", 0, 6, 5)], "good")
            : new ActivityPage([], null, IsCursorValid: false));

    public Task<RewardPage> GetRewards(PageRequest request, CancellationToken cancellation) =>
        Unless(nameof(GetRewards), request.Cursor is null or "good"
            ? new RewardPage(
                Rewards ?? [new(Week, 3, 4, 960, new(1_584_000_000), new(1_584_000_000), Amount.Zero, true)], null)
            : new RewardPage([], null, IsCursorValid: false));

    public Task<byte[]?> GetStatement(WeekId week, CancellationToken cancellation) =>
        Task.FromResult(week == Week ? Encoding.UTF8.GetBytes("{\"week\":\"2025-W51\",\"reward\":\"1584\"}") : null);

    public Task<SalesPage> GetSales(PageRequest request, CancellationToken cancellation) => Task.FromResult(
        (LastPage = request).Cursor is null or "good"
            ? new SalesPage(
                Sold ?? [new(new(3, 0, 0, new byte[8]), At, "mentor_session", 3, "mentor", Amount.OfStk(80), false)], "good")
            : new SalesPage([], null, IsCursorValid: false));

    public Task<NoticePage> GetNotices(PageRequest request, CancellationToken cancellation) => Task.FromResult(
        (LastPage = request).Cursor is null or "good"
            ? new NoticePage(
                [new(new(4, 0, 0, new byte[8]), "vesting.released", At, """{"week":"2025-W51","released":"6.666667"}""", IsRead: false)],
                "good")
            : new NoticePage([], null, IsCursorValid: false));

    public Task<GrantPage> GetGrants(PageRequest request, CancellationToken cancellation) => Task.FromResult(
        (LastPage = request).Cursor is null or "good"
            ? new GrantPage(Grants ?? [FakeVesting.Grant], "good")
            : new GrantPage([], null, IsCursorValid: false));

    public Task<PayoutPage> GetPayouts(PageRequest request, CancellationToken cancellation) => Task.FromResult(
        (LastPage = request).Cursor is null or "good"
            ? new PayoutPage([FakeSpender.PayoutOf(new(5, 0, 0, new byte[8]), Amount.OfStk(100), PayoutStage.Sending)], "good")
            : new PayoutPage([], null, IsCursorValid: false));

    public Task<DepositPage> GetDeposits(PageRequest request, CancellationToken cancellation) => Task.FromResult(
        (LastPage = request).Cursor is null or "good"
            ? new DepositPage([FakeDepositDesk.Deposit(DepositState.Credited)], "good")
            : new DepositPage([], null, IsCursorValid: false));

    public Task<PayoutView?> GetPayout(Guid payout, CancellationToken cancellation) => Task.FromResult<PayoutView?>(
        payout == Guid.Empty
            ? null
            : FakeSpender.PayoutOf(payout, Amount.OfStk(100), PayoutStage.Paid) with { Signature = "signature", Slot = 7 });

    public Task<LimitsReply> GetLimits() => Unless(nameof(GetLimits), Limits ?? new LimitsReply(
        new(2025, 12, 18), Week, [new("ExerciseSave", 100, 5, 7, 5)], 500, 960, new(1_584_000_000)));

    public Task<StreakReply> GetStreak() => Unless(nameof(GetStreak), StreakNow ?? new StreakReply(Week, 4, true, 110, 120));

    /// <summary>The balance by itself; null for the usual.</summary>
    public BalanceReply? Holds { get; set; }

    /// <summary>Where this one stands; null for the usual.</summary>
    public StandingReply? Standing { get; set; }

    public Task<StandingReply> GetStanding() => Task.FromResult(Standing ?? new StandingReply(
        3, "Практик", 150, false, false, IsRegistered ? At : null, At, IsClockStanding: false, At));

    public Task<ProfileReply?> GetProfile() =>
        Task.FromResult(IsRegistered ? new ProfileReply(id, 3, false, At) : null);

    public Task<ProfileReply> ChangeProfile(ChangeProfileRequest request, CancellationToken cancellation)
    {
        Changes.Enqueue(request);
        return Deaths.TryDequeue(out var death)
            ? Task.FromException<ProfileReply>(death)
            : Answers.GiveIfKeyed<ProfileReply>(
                request.Key,
                () => new(id, request.Level ?? 3, request.IsExcluded ?? false, At),
                first => first with { Key = KeyUse.Replay },
                () => new(id, 3, false, At, KeyUse.Reused));
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

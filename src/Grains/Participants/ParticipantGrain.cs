using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Faults;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.Grains.Activity;
using Stk.Grains.AuditLog;
using Stk.Grains.Balances;
using Stk.Grains.Economy;
using Stk.Grains.Faults;
using Stk.Grains.JournalFollowing;
using Stk.Grains.Paging;
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Grains.Weeks;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Reports.Statements;
using Stk.Rules.Activity;
using Stk.Rules.Intake;
using Stk.Rules.RuleBooks;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Participants;

/// <inheritdoc cref="IParticipantGrain"/>
internal sealed partial class ParticipantGrain(
    ParticipantTable table, StatementTable statements, IntakeWriter intake, SourceIds sources, ILedger ledger,
    ActiveBalances balances, BalanceReads reads, JournalFollower journal, EconomyBoard board, EconomyClock clock,
    SpenderParts spender, OperatorDesk desk, ILogger<ParticipantGrain> log)
    : Grain, IParticipantGrain
{
    // A transaction has at most one line in each of a participant's three accounts.
    private const int LinesPerTransactionMax = 3;

    private static readonly TimeSpan HearPatience = TimeSpan.FromSeconds(1);

    /// <summary>Well within the time that the API host gives a call.</summary>
    private static readonly TimeSpan FollowPatience = TimeSpan.FromSeconds(3);

    private string _id = "";
    private ParticipantMemory? _memory;
    private BalanceCell? _cell;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKeyString();
        await DatabaseFaults.Told(() => Load(cancellationToken));
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_cell is { } cell)
        {
            balances.Forget(cell);
        }

        return Task.CompletedTask;
    }

    public async Task<ImmutableArray<EventAnswer>> Record(RecordRequest request, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        await HearOfTheClock(request.Events, cancellation);
        var memory = await Fresh(cancellation);
        var events = request.Events.Select(Event).ToImmutableArray();
        var item = new IntakeItem(
            _id, memory.Number, await sources.Get(request.Source, cancellation),
            new(request.Source, events, clock.Target), memory.Exclusions, memory.Live);
        IntakeResult result;
        try
        {
            result = await intake.Record(item, cancellation);
        }
        catch (Exception exception) when (exception is not (
            BusyException or StorageUnavailableException or OperationCanceledException))
        {
            // It may have landed or not: the next activation reads what did. Where nothing was begun memory still holds,
            // and thousands that read again are no help to a database that is behind.
            DeactivateOnIdle();
            throw;
        }

        await Remember(memory, request.Source, result);
        return
        [
            .. result.Decision.Events.Select(decided =>
                new EventAnswer(decided.Outcome, decided.Objection?.Field, decided.Objection?.Rule)),
        ];
    }

    public ValueTask<BalanceReply> GetBalance()
    {
        // First what has been heard: read after the balances it could name a commit that they do not show.
        var heard = journal.Sequence;
        var now = _cell?.Current;
        return ValueTask.FromResult(now is null
            ? new BalanceReply(default, default, default, heard, IsOfNobody: true)
            : new(now.Available.Balance, now.Frozen.Balance, now.Settling.Balance, heard, now.ChangedIn));
    }

    public async Task<BalanceReply> GetBalanceAt(long sequence, CancellationToken cancellation)
    {
        bool isKnown;
        try
        {
            isKnown = await journal.Reach(sequence).WaitAsync(HearPatience, cancellation);
        }
        catch (TimeoutException)
        {
            throw new ClusterBusyException("this silo has not heard of that commit yet");
        }

        return await GetBalance() with { IsSequenceUnknown = !isKnown };
    }

    public async Task<BalanceReply> GetBalanceAfter(long sequence, CancellationToken cancellation)
    {
        // One who is not registered yet has no cell: the follower's next question finds it.
        var changed = _cell?.ChangedAfter(sequence) ?? Task.Delay(HearPatience, cancellation);
        await Task.WhenAny(changed, Task.Delay(FollowPatience, cancellation));
        cancellation.ThrowIfCancellationRequested();
        return await GetBalance();
    }

    public async Task<HistoryPage> GetHistory(PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("history", _id);
        if (!TryRead(request.Cursor, cursors, out var before))
        {
            return new([], null, IsCursorValid: false);
        }

        if (Accounts() is not { } accounts || !Pages.TryFilter(request, out var filter))
        {
            return new([], null);
        }

        var page = Pages.History(
            await ledger.GetHistory(accounts, before, request.Limit + 1, filter, cancellation), request.Limit, cursors);
        return page.With(await Notes(page.Changes.Select(change => change.TransactionId), cancellation));
    }

    public async Task<TransactionPage> GetTransactions(PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("transactions", _id);
        if (!TryRead(request.Cursor, cursors, out var before))
        {
            return new([], null, IsCursorValid: false);
        }

        if (Accounts() is not { } accounts || !Pages.TryFilter(request, out var filter))
        {
            return new([], null);
        }

        var lines = (request.Limit + 1) * LinesPerTransactionMax;
        var history = await ledger.GetHistory(accounts, before, lines, filter, cancellation);
        var page = Pages.Transactions(history, request.Limit, history.Length < lines, cursors);
        return page.With(await Notes(page.Transactions.Select(one => one.Id), cancellation));
    }

    public async Task<RewardPage> GetRewards(PageRequest request, CancellationToken cancellation)
    {
        var cursors = new Cursors("rewards", _id);
        var before = int.MaxValue;
        if (request.Cursor is { } cursor && !cursors.TryReadWeek(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        if (_memory?.Number is not { } number)
        {
            return new([], null);
        }

        var rewards = await statements.ReadRewards(number, before, request.Limit + 1, cancellation);
        var shown = rewards.Take(request.Limit).ToImmutableArray();
        return new(
            [
                .. shown.Select(reward => new WeeklyRewardView(
                    reward.Week, reward.Level, reward.Streak, reward.Points, reward.Reward, reward.Available,
                    reward.Frozen, reward.IsSettled)),
            ],
            rewards.Length > request.Limit ? cursors.WriteWeek(shown[^1].Week.Number) : null);
    }

    public async Task<byte[]?> GetStatement(WeekId week, CancellationToken cancellation) =>
        _memory?.Number is { } number && await statements.ReadDocument(number, week, cancellation) is { } document
            ? StatementJson.Show(document, _id)
            : null;

    public async Task<LimitsReply> GetLimits()
    {
        var memory = await Fresh(CancellationToken.None);
        return memory.Limits(DateOnly.FromDateTime(clock.Now.UtcDateTime), board.Current.RuleBooks);
    }

    public async Task<StreakReply> GetStreak()
    {
        var memory = await Fresh(CancellationToken.None);
        return memory.Streak(WeekId.Of(clock.Now), board.Current.RuleBooks);
    }

    public async Task<ProfileReply?> GetProfile()
    {
        var memory = await Fresh(CancellationToken.None);
        return memory.Number is null ? null : Profile(memory);
    }

    public async Task<ProfileReply> ChangeProfile(ChangeProfileRequest request, CancellationToken cancellation)
    {
        ParticipantMemory? changed = null;
        var answer = await desk.Answer(
            request.Key,
            async () =>
            {
                var memory = await Fresh(cancellation);
                var change = new ProfileChange(
                    ChangeIds.Next(memory), clock.Now.InWholeMicroseconds(), request.Level, request.IsExcluded, request.Reason, request.By);
                changed = memory.With(change);
                return new DeskChange<ProfileReply>(
                    Entry(change, memory.Number is null ? null : Profile(memory), Profile(changed)),
                    Profile(changed),
                    // False where the change's week is sealed by now: it takes a later instant.
                    behind => table.Change(_id, change, behind, cancellation));
            },
            cancellation);
        switch (answer)
        {
            case { Key: KeyUse.Replay, Answer: { } said }:
                return said with { Key = KeyUse.Replay };
            case { Key: KeyUse.Reused }:
                return Profile(await Fresh(cancellation)) with { Key = KeyUse.Reused };
            default:
                // A number is given by the database: one who is new is read.
                _memory = changed is { Number: not null } known ? known : null;
                return Profile(await Fresh(cancellation));
        }
    }

    private static AuditEntry Entry(ProfileChange change, ProfileReply? before, ProfileReply after) => new(
        change.At, change.By, "participant.change", after.Id, before is null ? null : Said(before), Said(after), change.Reason);

    private static string Said(ProfileReply profile) =>
        AuditEntry.Json(new { level = profile.Level, excluded = profile.IsExcluded });

    // An event is ahead of its time, or this silo is behind: one that has stood still, was taken for dead and does not know it
    // yet has missed settings of the manual clock. Before an event is rejected for it, the stored setting is read.
    private Task HearOfTheClock(ImmutableArray<SentEvent> events, CancellationToken cancellation) =>
        clock.IsManual && events.Any(sent => sent.At - clock.Target > OutcomeRules.FutureTolerance)
            ? board.Refresh(cancellation)
            : Task.CompletedTask;

    private static ActivityEvent Event(SentEvent sent, string id) => new(sent.Uuid, sent.Type, id, sent.At)
    {
        Days = sent.Days,
        Retracts = sent.Retracts,
        Level = sent.Level,
    };

    private static bool TryRead(string? cursor, Cursors cursors, out HistoryCursor? before)
    {
        before = null;
        if (cursor is null)
        {
            return true;
        }

        if (!cursors.TryRead(cursor, out var read))
        {
            return false;
        }

        before = read;
        return true;
    }

    private ActivityEvent Event(SentEvent sent) => Event(sent, _id);

    private ProfileReply Profile(ParticipantMemory memory)
    {
        var now = clock.Now.AddTicks(1);
        return new(
            _id, memory.Levels.Before(now), memory.Exclusions.Before(now),
            // One who is not registered yet is, with the change.
            memory.RegisteredAt ?? clock.Now.InWholeMicroseconds());
    }

    private async Task<ImmutableDictionary<Guid, TransactionNote>> Notes(
        IEnumerable<Guid> transactions, CancellationToken cancellation) => _memory?.Number is { } number
        ? await spender.Notes.Read(transactions, number, cancellation)
        : ImmutableDictionary<Guid, TransactionNote>.Empty;

    private AccountId[]? Accounts() => _memory?.Number is { } number
        ? [AccountId.Available(number), AccountId.Frozen(number), AccountId.Settling(number)]
        : null;

    // Memory of activity is of the weeks without statements: when a week gets its own, it is read again.
    private async Task<ParticipantMemory> Fresh(CancellationToken cancellation) =>
        _memory is { } memory && memory.ScoredThrough == board.Current.ScoredThrough
            ? memory
            : await Load(cancellation);

    private async Task<ParticipantMemory> Load(CancellationToken cancellation)
    {
        var notice = board.Current;
        var memory = await table.Load(_id, Span(notice), cancellation);
        await Listen(memory.Number, cancellation);
        return _memory = memory;
    }

    // One week more than now: an event may be minutes ahead.
    private WeekSpan Span(EconomyNotice notice)
    {
        var last = WeekId.Of(clock.Target).Next;
        var first = notice.ScoredThrough?.Next ?? (notice.Genesis is { } genesis ? WeekId.Of(genesis) : last.Next);
        return new(notice.ScoredThrough, first, last);
    }

    // Registered first and read then: no commit falls between.
    private async Task Listen(long? number, CancellationToken cancellation)
    {
        if (_cell is not null || number is not { } participant)
        {
            return;
        }

        var cell = balances.Register(participant);
        cell.Tell(await reads.Get(participant, cancellation));
        _cell = cell;
    }

    private async Task Remember(ParticipantMemory memory, string source, IntakeResult result)
    {
        var next = memory.After(result.Number, clock.Now, result.Decision.LiveChanges);
        foreach (var decided in result.Decision.Events)
        {
            if (decided.Event.Type == ControlEvents.QualificationChanged && decided.Outcome is EventOutcome.Applied or EventOutcome.Ignored
                && decided.Event.Level is { } level)
            {
                next = next.WithLevel(new(decided.Event.At, source, decided.Event.Uuid, level));
            }
        }

        _memory = next;
        try
        {
            await Listen(next.Number, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // It is committed, and so the caller is told; who comes next begins from the database.
            Log.BalancesNotHeard(log, exception, _id);
            DeactivateOnIdle();
        }
    }
}

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
using Stk.Grains.Registry;
using Stk.Grains.Requests;
using Stk.Rules.Activity;
using Stk.Rules.Intake;
using Stk.Rules.RuleBooks;
using Stk.Rules.Time;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Participants;

/// <inheritdoc cref="IParticipantGrain"/>
internal sealed partial class ParticipantGrain(
    ParticipantTable table, ParticipantPages pages, IntakeWriter intake, SourceIds sources, ActiveBalances balances,
    BalanceReads reads, JournalFollower journal, EconomyCache economy, EconomyClock clock, SpenderParts spender,
    KeyedWrites writes, ILogger<ParticipantGrain> log)
    : Grain, IParticipantGrain
{
    private static readonly TimeSpan FollowerTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Well within the time that the API host gives a call.</summary>
    private static readonly TimeSpan ChangeTimeout = TimeSpan.FromSeconds(3);

    private string _id = "";
    private ParticipantMemory? _memory;
    private BalanceCell? _cell;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = this.GetPrimaryKeyString();
        await DatabaseFaults.Translate(() => Load(cancellationToken));
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
        await RefreshClockIfBehind(request.Events, cancellation);
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
            isKnown = await journal.Reach(sequence).WaitAsync(FollowerTimeout, cancellation);
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
        var changed = _cell?.ChangedAfter(sequence) ?? Task.Delay(FollowerTimeout, cancellation);
        await Task.WhenAny(changed, Task.Delay(ChangeTimeout, cancellation));
        cancellation.ThrowIfCancellationRequested();
        return await GetBalance();
    }

    public Task<HistoryPage> GetHistory(PageRequest request, CancellationToken cancellation) =>
        pages.ReadHistory(_id, _memory?.Number, request, cancellation);

    public Task<TransactionPage> GetTransactions(PageRequest request, CancellationToken cancellation) =>
        pages.ReadTransactions(_id, _memory?.Number, request, cancellation);

    public Task<RewardPage> GetRewards(PageRequest request, CancellationToken cancellation) =>
        pages.ReadRewards(_id, _memory?.Number, request, cancellation);

    public Task<byte[]?> GetStatement(WeekId week, CancellationToken cancellation) =>
        pages.ReadStatement(_id, _memory?.Number, week, cancellation);

    public async Task<LimitsReply> GetLimits()
    {
        var memory = await Fresh(CancellationToken.None);
        return memory.Limits(DateOnly.FromDateTime(clock.Now.UtcDateTime), economy.Current.RuleBooks);
    }

    public async Task<StreakReply> GetStreak()
    {
        var memory = await Fresh(CancellationToken.None);
        return memory.Streak(WeekId.Of(clock.Now), economy.Current.RuleBooks);
    }

    public async Task<ProfileReply?> GetProfile()
    {
        var memory = await Fresh(CancellationToken.None);
        return memory.Number is null ? null : Profile(memory);
    }

    public async Task<ProfileReply> ChangeProfile(ChangeProfileRequest request, CancellationToken cancellation)
    {
        var answer = await writes.Change<ProfileReply, NoRefusal>(
            request.Key,
            async () =>
            {
                var memory = await Fresh(cancellation);
                var change = new ProfileChange(
                    ChangeIds.Next(memory), clock.Now.InWholeMicroseconds(), request.Level, request.IsExcluded,
                    request.Reason, request.By);
                var changed = Profile(memory.With(change));
                return new RequestPlan<ProfileReply, NoRefusal>.WriteBy(
                    changed, Entry(change, memory.Number is null ? null : Profile(memory), changed),
                    // False where the change's week is sealed by now: it takes a later instant.
                    behind => table.Change(_id, change, behind, cancellation));
            },
            cancellation);
        return answer switch
        {
            RequestAnswer<ProfileReply, NoRefusal>.Done { IsReplay: true, View: var said } =>
                said with { Key = KeyUse.Replay },
            RequestAnswer<ProfileReply, NoRefusal>.Done => Profile(await Reload()),
            _ => Profile(await Fresh(cancellation)) with { Key = KeyUse.Reused },
        };
    }

    // What was changed is committed: where it cannot be read now, the next activation does.
    private async Task<ParticipantMemory> Reload()
    {
        try
        {
            return await Load(CancellationToken.None);
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private static AuditEntry Entry(ProfileChange change, ProfileReply? before, ProfileReply after) => new(
        change.At, change.By, "participant.change", after.Id, before is null ? null : Json(before), Json(after), change.Reason);

    private static string Json(ProfileReply profile) =>
        AuditEntry.Json(new { level = profile.Level, excluded = profile.IsExcluded });

    // An event is ahead of its time, or this silo is behind: one that has stood still, was taken for dead and does not
    // know it yet has missed settings of the manual clock. Before an event is rejected for it, the stored setting is
    // read.
    private Task RefreshClockIfBehind(ImmutableArray<SentEvent> events, CancellationToken cancellation) =>
        clock.IsManual && events.Any(sent => sent.At - clock.Target > OutcomeRules.FutureTolerance)
            ? economy.Refresh(cancellation)
            : Task.CompletedTask;

    private static ActivityEvent Event(SentEvent sent, string id) => new(sent.Uuid, sent.Type, id, sent.At)
    {
        Days = sent.Days,
        Retracts = sent.Retracts,
        Level = sent.Level,
    };

    private ActivityEvent Event(SentEvent sent) => Event(sent, _id);

    private ProfileReply Profile(ParticipantMemory memory)
    {
        var now = clock.Now.AddTicks(1);
        return new(
            _id, memory.Levels.Before(now), memory.Exclusions.Before(now),
            // One who is not registered yet is, with the change.
            memory.RegisteredAt ?? clock.Now.InWholeMicroseconds());
    }

    // Memory of activity is of the weeks without statements: when a week gets its own, it is read again.
    private async Task<ParticipantMemory> Fresh(CancellationToken cancellation) =>
        _memory is { } memory && memory.ScoredThrough == economy.Current.ScoredThrough
            ? memory
            : await Load(cancellation);

    private async Task<ParticipantMemory> Load(CancellationToken cancellation)
    {
        var snapshot = economy.Current;
        var memory = await table.Load(_id, Span(snapshot), cancellation);
        await FollowBalances(memory.Number, cancellation);
        return _memory = memory;
    }

    // One week more than now: an event may be minutes ahead.
    private WeekSpan Span(EconomySnapshot snapshot)
    {
        var last = WeekId.Of(clock.Target).Next;
        var first = snapshot.ScoredThrough?.Next ?? (snapshot.Genesis is { } genesis ? WeekId.Of(genesis) : last.Next);
        return new(snapshot.ScoredThrough, first, last);
    }

    // Registered first and read then: no commit falls between.
    private async Task FollowBalances(long? number, CancellationToken cancellation)
    {
        if (_cell is not null || number is not { } participant)
        {
            return;
        }

        var cell = balances.Register(participant);
        cell.Update(await reads.Get(participant, cancellation));
        _cell = cell;
    }

    private async Task Remember(ParticipantMemory memory, string source, IntakeResult result)
    {
        var next = memory.After(result.Number, clock.Now, result.Decision.LiveChanges);
        foreach (var decided in result.Decision.Events)
        {
            if (decided.Event.Type == ControlEvents.QualificationChanged
                && decided.Outcome is EventOutcome.Applied or EventOutcome.Ignored
                && decided.Event.Level is { } level)
            {
                next = next.WithLevel(new(decided.Event.At, source, decided.Event.Uuid, level));
            }
        }

        _memory = next;
        try
        {
            await FollowBalances(next.Number, CancellationToken.None);
        }
        catch (Exception exception)
        {
            // It is committed, and so the caller is told; who comes next begins from the database.
            Log.BalancesNotHeard(log, exception, _id);
            DeactivateOnIdle();
        }
    }
}

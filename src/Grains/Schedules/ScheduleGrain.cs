using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Stk.GrainInterfaces.Emission;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Schedules;
using Stk.Grains.Activity;
using Stk.Grains.AuditLog;
using Stk.Grains.Clocks;
using Stk.Grains.Economy;
using Stk.Grains.Faults;
using Stk.Grains.JournalFollowing;
using Stk.Grains.Participants;
using Stk.Grains.Requests;
using Stk.Grains.Statistics;
using Stk.Grains.Weeks;
using Stk.Ledger;
using Stk.Ledger.Accounts;
using Stk.Rules.Emission;
using Stk.Rules.Intake;
using Stk.Rules.Runs;
using Stk.Rules.Weeks;

namespace Stk.Grains.Schedules;

/// <inheritdoc cref="IScheduleGrain"/>
/// <remarks>
/// One loop does what is due and goes on between calls, in this activation's turns; every call may interleave. A second
/// activation does no harm: each piece of work is done once, whoever asks for it.
/// </remarks>
internal sealed partial class ScheduleGrain(
    [PersistentState("schedule", GrainStorage.Name)] IPersistentState<ScheduleState> state,
    EconomyClock clock, ClockTable clocks, ClockGuard guard, SiloClocks silos, GenesisTable genesis,
    TotalsTable totals, ParticipantTable participants, IOptions<IntakeOptions> intake, EconomyCache economy,
    ILedger ledger, JournalFollower journal, RunTable runs, KeyedWrites writes, ILogger<ScheduleGrain> log)
    : Grain, IScheduleGrain, IRemindable
{
    private const string Reminder = "due";

    /// <summary>The finest grain that Orleans' reminders have.</summary>
    private static readonly TimeSpan ReminderPeriod = TimeSpan.FromMinutes(1);

    /// <summary>Between reminders the activation looks by itself: cheap, and lost with it.</summary>
    private static readonly TimeSpan TimerPeriod = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan HeartbeatPeriod = TimeSpan.FromSeconds(15);

    // By weeks.runs; null where no week is sealed yet.
    private WeekId? _firstUnfinished;
    private readonly Dictionary<WeekId, WeekStage> _lastDone = [];
    private readonly HashSet<WeekId> _blocked = [];
    private Task _loop = Task.CompletedTask;
    private bool _again;
    private bool _isResumed;
    private long _lastPurge;
    private DateOnly? _lastEmitted;
    private DateTimeOffset _reached;
    private long _settledVersion;

    // As stored: shown only once it outlives this activation.
    private string? _pausedBecause;
    private long _lastHeartbeat;
    private string? _doing;
    private string? _waiting;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _pausedBecause = state.State.PausedBecause;
        await DatabaseFaults.Translate(async () =>
        {
            await economy.Refresh(cancellationToken);
            _firstUnfinished = await runs.ReadFirstUnfinished(cancellationToken);
            await this.RegisterOrUpdateReminder(Reminder, ReminderPeriod, ReminderPeriod, cancellationToken);
        });
        this.RegisterGrainTimer(
            static (schedule, _) => schedule.Wake(), this,
            new() { DueTime = TimerPeriod, Period = TimerPeriod, Interleave = true, KeepAlive = true });
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        _isResumed = false;
        await Wake();
        await PurgeDaily();
    }

    public Task Wake()
    {
        _again = true;
        if (_loop.IsCompleted)
        {
            _loop = Loop();
        }

        return Task.CompletedTask;
    }

    public async Task<DateTimeOffset?> GetOrSetGenesis(ImmutableArray<GenesisCandidate> candidates)
    {
        if (economy.Genesis is null)
        {
            await economy.Refresh(CancellationToken.None);
        }

        if (economy.Genesis is { } known)
        {
            return known;
        }

        foreach (var candidate in candidates)
        {
            if (await IsAcceptable(candidate))
            {
                var set = await genesis.Set(WeekId.Of(candidate.At).Start, CancellationToken.None);
                Log.GenesisSet(log, set);

                // No event is handed out before every silo knows.
                await silos.CatchUp((await ledger.GetHead()).Sequence);
                await Wake();
                return set;
            }
        }

        return null;
    }

    public Task<ClockStatus> GetClock() => Task.FromResult(Status());

    public async Task<SetClockReply> SetClock(DateTimeOffset now)
    {
        if (!clock.IsManual)
        {
            return new SetClockReply.NotManual();
        }

        // Every silo's view of the setting before this one, whichever activation made it.
        await economy.Refresh(CancellationToken.None);
        var target = now.ToUniversalTime();
        var isEmpty = await clocks.IsEconomyEmpty(CancellationToken.None);
        if (target < clock.Target && !isEmpty)
        {
            return new SetClockReply.Backwards(Status());
        }

        // In an empty economy nothing is due on the way but what genesis has asked for.
        var from = isEmpty ? economy.Genesis ?? target : clock.Now;
        if (await clocks.Set(from < target ? from : target, target, isEmpty, CancellationToken.None) is not { } time)
        {
            return new SetClockReply.Backwards(Status());
        }

        await silos.Set(time);
        Log.ClockSet(log, target);
        await Wake();
        return new SetClockReply.Moving(Status());
    }

    public async Task<TotalsReply> GetTotals(CancellationToken cancellation)
    {
        var sums = await totals.ReadSums(cancellation);
        var supply = await ledger.GetSupply(cancellation);
        var funds = await ledger.GetBalances([.. Funds.All.Select(AccountId.Fund)], cancellation);
        return new(
            sums.Weeks,
            sums.Participants,
            await totals.ReadEvents(cancellation),
            -supply.Of(AccountKind.Issuance),
            sums.Paid,
            supply.Of(AccountKind.Frozen),
            [.. Funds.All.Zip(funds, (fund, account) => new FundView(fund.WireName(), account.Balance))],
            (await ledger.GetHead(cancellation)).ToString());
    }

    public async Task<ClockStatus> Resume(string by, string reason)
    {
        Log.ScheduleResumed(log, by);
        // First, so that the jump is not found again.
        await clocks.StoreHeartbeat(clock.Now, CancellationToken.None);
        if (state.State.PausedBecause is not null)
        {
            state.State.PausedBecause = null;
            state.State.ResumedBy = by;
            state.State.ResumedBecause = reason;
            await Write();
            _pausedBecause = null;
        }

        await Wake();
        return Status();
    }

    public async Task<SetClockReply> SetClockBy(SetClockRequest request)
    {
        if (!clock.IsManual)
        {
            return new SetClockReply.NotManual();
        }

        // Written down first: what an operator has set in motion is never without its entry.
        var target = request.Now.ToUniversalTime();
        var answer = await writes.Change<DateTimeOffset, SetClockReply>(
            request.Key,
            async () =>
            {
                await economy.Refresh(CancellationToken.None);
                if (target < clock.Target && !await clocks.IsEconomyEmpty(CancellationToken.None))
                {
                    return new RequestPlan<DateTimeOffset, SetClockReply>.Refuse(new SetClockReply.Backwards(Status()));
                }

                return new RequestPlan<DateTimeOffset, SetClockReply>.Write(
                    target,
                    new(
                        clock.Now, request.By, "clock.set", "clock", AuditEntry.Json(new { now = clock.Target }),
                        AuditEntry.Json(new { now = target }), Reason: null));
            },
            CancellationToken.None);
        return answer switch
        {
            RequestAnswer<DateTimeOffset, SetClockReply>.Refused { Reason: var refusal } => refusal,
            RequestAnswer<DateTimeOffset, SetClockReply>.KeyReused => new SetClockReply.KeyReused(),
            RequestAnswer<DateTimeOffset, SetClockReply>.Done { IsReplay: false } => await SetClock(target),

            // Its silo may have died between the entry and the setting.
            _ when target <= clock.Target => new SetClockReply.Moving(Status(), IsReplay: true),
            _ => await SetClock(target) is SetClockReply.Moving moving
                ? moving with { IsReplay = true }
                : new SetClockReply.Moving(Status(), true),
        };
    }

    public async Task<ResumeReply> ResumeBy(ResumeRequest request)
    {
        var paused = _pausedBecause ?? "";
        var answer = await writes.Change(
            request.Key,
            () => Task.FromResult<RequestPlan<string, NoRefusal>>(new RequestPlan<string, NoRefusal>.Write(
                paused,
                new(
                    clock.Now, request.By, "schedule.resume", "schedule", AuditEntry.Json(new { pausedBecause = _pausedBecause }),
                    AuditEntry.Json(new { pausedBecause = (string?)null }), request.Reason))),
            CancellationToken.None);
        return answer switch
        {
            // Another pause is not the first copy's to end; the same is, whose silo died between the entry and the act.
            RequestAnswer<string, NoRefusal>.Done { IsReplay: true, View: var ended } when ended != paused =>
                new(Status(), KeyUse.Replay),
            RequestAnswer<string, NoRefusal>.Done { IsReplay: var isReplay } =>
                new(await Resume(request.By, request.Reason), isReplay ? KeyUse.Replay : KeyUse.First),
            _ => new(Status(), KeyUse.Reused),
        };
    }

    private ClockStatus Status()
    {
        var target = clock.Target;
        return new(
            target, Reached(target), _doing, clock.IsManual, clock.Standing is not null, _waiting, _pausedBecause,
            economy.Genesis,
            journal.IsDatabaseLost);
    }

    // The clock may stand at its target while what is due at that very instant still runs.
    private DateTimeOffset Reached(DateTimeOffset target) => clock.Standing switch
    {
        { } standing when standing.Version == _settledVersion && _doing is null => target,
        { } standing => standing.Reached < target ? standing.Reached : target.AddTicks(-TimeSpan.TicksPerMicrosecond),
        null => _doing is null && state.State.PausedBecause is null ? target : _reached,
    };

    private async Task<bool> IsAcceptable(GenesisCandidate candidate) =>
        candidate.At >= OutcomeRules.Earliest
        && candidate.At - clock.Target <= OutcomeRules.FutureTolerance
        && (intake.Value.AutoRegistration
            || await participants.ReadNumber(candidate.DistinctId, CancellationToken.None) is not null);

    // It may have landed or not, or another activation has gone on: the next one reads where it is.
    private async Task Write()
    {
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}

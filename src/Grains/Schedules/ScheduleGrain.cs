using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Stk.GrainInterfaces.Clock;
using Stk.GrainInterfaces.Health;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Statistics;
using Stk.Grains.Approvals;
using Stk.Grains.AuditLog;
using Stk.Grains.Clocks;
using Stk.Grains.Economy;
using Stk.Grains.Faults;
using Stk.Grains.Registry;
using Stk.Grains.Renewals;
using Stk.Grains.Requests;
using Stk.Grains.Vesting;
using Stk.Grains.Weeks;
using Stk.Ledger;
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
    EconomyClock clock, ClockTable clocks, ClockGuard guard, SiloClocks silos, EconomyCache economy, RunTable runs,
    VestingDay vesting, RenewalDay renewals, QuarterProgress quarters, WeekNotices weekNotices, WorkLog workLog,
    WorkTable work, ILedger ledger, KeyedWrites writes, ApprovalDesk desk, OperatorRegister register, ResumeTable resumes,
    TimeProvider host, ILogger<ScheduleGrain> log)
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

    // By vesting.progress; null where no day is done yet.
    private DateOnly? _lastVested;

    // By notices.weeks; null where nobody was told of a week yet.
    private WeekId? _lastNotified;
    // By spending.renewal_progress; null where no day is done yet.
    private DateOnly? _lastRenewed;
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
            _lastVested = await vesting.ReadLast(cancellationToken);
            _lastNotified = await weekNotices.ReadLast(cancellationToken);
            _lastRenewed = await renewals.ReadLast(cancellationToken);
            await quarters.Read(cancellationToken);
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
        await GrainFactory.GetGrain<ILedgerAuditGrain>(0).Look();
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

    // An API host of the build before asks here whether there is a database; now IHealthGrain is asked.
    public async Task<ClockStatus> GetClock() =>
        Status() with { IsDatabaseLost = !await GrainFactory.GetGrain<IHealthGrain>(0).HasDatabase() };

    // An API host of the build before asks here until it is replaced, the last of an upgrade.
    public Task<DateTimeOffset?> GetOrSetGenesis(ImmutableArray<GenesisCandidate> candidates) =>
        GrainFactory.GetGrain<IClockGrain>(0).GetOrSetGenesis(candidates);

    public Task<SetClockReply> SetClockBy(SetClockRequest request) => GrainFactory.GetGrain<IClockGrain>(0).Set(request);

    public Task<TotalsReply> GetTotals(CancellationToken cancellation) =>
        GrainFactory.GetGrain<ITotalsGrain>(0).Read(cancellation);

    public async Task<ResumeReply> ResumeBy(ResumeRequest request)
    {
        var answer = await writes.Change<ResumeAnswer, string>(
            request.Key,
            async () =>
            {
                if (await register.FindOperator(request.By, CancellationToken.None) is not { } by)
                {
                    return new RequestPlan<ResumeAnswer, string>.Refuse("no operator by the register");
                }

                return _pausedBecause is { } because
                    ? await Ask(request, by, because)
                    : new RequestPlan<ResumeAnswer, string>.Write(
                        new(null), Entry(request), OperatorRegister.Expect(by));
            },
            CancellationToken.None);
        return answer switch
        {
            RequestAnswer<ResumeAnswer, string>.Done { IsReplay: var isReplay, View.Waiting: var waiting } =>
                new(Status(), isReplay ? KeyUse.Replay : KeyUse.First, waiting),
            RequestAnswer<ResumeAnswer, string>.Refused => new(Status(), KeyUse.First, IsOperatorUnknown: true),
            _ => new(Status(), KeyUse.Reused),
        };
    }

    public async Task<ClockStatus> GoOn()
    {
        if (state.State.PausedBecause is not null && await EndPause())
        {
            await Wake();
        }

        return Status();
    }

    private async Task<RequestPlan<ResumeAnswer, string>> Ask(ResumeRequest request, ActingPerson by, string because)
    {
        var asked = new AskedAct(
            request.Key?.Id ?? Guid.CreateVersion7(), ScheduleResume.KindName, by, "schedule",
            new ResumeAct(because, PausedAt), request.Reason);
        var (view, entry) = await desk.Waiting(asked, CancellationToken.None);
        return new RequestPlan<ResumeAnswer, string>.Write(new(view), entry, ApprovalDesk.Keep(asked, view));
    }

    private AuditEntry Entry(ResumeRequest request) => new(
        clock.Now, request.By, "schedule.resume", "schedule", AuditEntry.Json(new { pausedBecause = _pausedBecause }),
        AuditEntry.Json(new { pausedBecause = (string?)null }), request.Reason);

    // True where two persons have ended the pause that stands: what they have approved is found here, whoever tells of it.
    private async Task<bool> EndPause()
    {
        if (await resumes.Find(PausedAt, CancellationToken.None) is not { } approved)
        {
            return false;
        }

        Log.ScheduleResumed(log, approved.ApprovedBy);
        // First, so that the jump is not found again.
        await clocks.StoreHeartbeat(clock.Now, CancellationToken.None);
        if (state.State.PausedBecause is not null)
        {
            state.State.PausedBecause = null;
            state.State.PausedAt = null;
            state.State.ResumedBy = approved.ApprovedBy;
            state.State.ResumedBecause = approved.Reason;
            await Write();
            _pausedBecause = null;
        }

        return true;
    }

    // An earlier build kept none.
    private DateTimeOffset PausedAt => state.State.PausedAt ?? DateTimeOffset.UnixEpoch;

    private ClockStatus Status()
    {
        var target = clock.Target;
        return new(
            target, Reached(target), _doing, clock.IsManual, clock.Standing is not null, _waiting, _pausedBecause,
            economy.Genesis, PausedAt: _pausedBecause is null ? null : PausedAt);
    }

    // The clock may stand at its target while what is due at that very instant still runs.
    private DateTimeOffset Reached(DateTimeOffset target) => clock.Standing switch
    {
        { } standing when standing.Version == _settledVersion && _doing is null => target,
        { } standing => standing.Reached < target ? standing.Reached : target.AddTicks(-TimeSpan.TicksPerMicrosecond),
        null => _doing is null && state.State.PausedBecause is null ? target : _reached,
    };

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

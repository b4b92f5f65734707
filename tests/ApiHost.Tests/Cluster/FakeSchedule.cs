using System.Collections.Immutable;
using Stk.GrainInterfaces.Clock;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Schedules;
using Stk.GrainInterfaces.Statistics;

namespace Stk.ApiHost.Tests.Cluster;

/// <summary>A manual clock that stands at the start of 2025-W52.</summary>
public sealed class FakeSchedule : IScheduleGrain, IClockGrain, ITotalsGrain
{
    /// <summary>Where the clock stands at first.</summary>
    public static readonly DateTimeOffset Start = new(2025, 12, 22, 0, 0, 0, TimeSpan.Zero);

    private ClockStatus _clock = new(Start, Start, null, true, true, null, null, null);

    private int _genesisCalls;

    public int GenesisCalls => _genesisCalls;

    public ImmutableArray<GenesisCandidate> LastCandidates { get; private set; } = [];

    public bool IsManual { get; set; } = true;

    public bool IsPaused { get; set; }

    public Task Wake() => Task.CompletedTask;

    public Task<DateTimeOffset?> GetOrSetGenesis(ImmutableArray<GenesisCandidate> candidates)
    {
        Interlocked.Increment(ref _genesisCalls);
        LastCandidates = candidates;
        return Task.FromResult<DateTimeOffset?>(new DateTimeOffset(2025, 12, 1, 0, 0, 0, TimeSpan.Zero));
    }

    public Task<ClockStatus> GetClock() => Task.FromResult(_clock);

    public Task<TotalsReply> GetTotals(CancellationToken cancellation) => Read(cancellation);

    public Task<TotalsReply> Read(CancellationToken cancellation) => Task.FromResult(new TotalsReply(
        2, 3,
        [new("counted", "replay", 5), new("late", "replay", 1), new("counted", "club", 2)],
        new(9), new(8), new(7), [new("rewards", new(1))], "12:abcd"));

    public FakeAnswers Answers { get; } = new();

    public Task<SetClockReply> SetClockBy(SetClockRequest request) => Set(request);

    public Task<SetClockReply> Set(SetClockRequest request) => Answers.GiveIfKeyed(
        request.Key,
        () => request.By == FakeOperators.GoneInTheSilo ? new SetClockReply.OperatorUnknown()
            : !request.IsForced && request.Now > _clock.Now.AddYears(1) ? new SetClockReply.TooFar(_clock)
            : Move(request.Now),
        first => first is SetClockReply.Moving moving ? moving with { IsReplay = true } : first,
        () => new SetClockReply.KeyReused());

    public Task<SetClockReply> Stop(StopClockRequest request) => Answers.GiveIfKeyed<SetClockReply>(
        request.Key,
        () => request.By == FakeOperators.GoneInTheSilo ? new SetClockReply.OperatorUnknown()
            : IsManual ? new SetClockReply.Moving(_clock = _clock with { Now = _clock.Reached })
            : new SetClockReply.NotManual(),
        first => first is SetClockReply.Moving moving ? moving with { IsReplay = true } : first,
        () => new SetClockReply.KeyReused());

    public Task<ScheduleReply> GetSchedule(PageRequest request, CancellationToken cancellation) => Task.FromResult(
        request.Cursor is null or "next"
            ? new ScheduleReply(
                Start, IsPaused: false, new("week.score", "2025-W51", Start, Start, null, null, 1, "running", null),
                [new("emission", "2025-12-22", Start, Start, Start, 12, 1, "done", null)],
                [new("inactivity.run", "2026-Q1", Start.AddDays(14))], request.Cursor is null ? "next" : null)
            : new(Start, IsPaused: false, null, [], [], null, IsCursorValid: false));

    public Task<WorkReply> RunBy(RunWorkRequest request) => Answers.GiveIfKeyed<WorkReply>(
        request.Key,
        () => request.Subject == "2025-W51"
            ? new WorkReply.Done(new(request.Kind, request.Subject, Start), IsReplay: false)
            : new WorkReply.NotDue(),
        first => first is WorkReply.Done done ? done with { IsReplay = true } : first,
        () => new WorkReply.KeyReused());

    public Task<WorkReply> SkipBy(SkipWorkRequest request) => Answers.GiveIfKeyed<WorkReply>(
        request.Key,
        () => request.Kind.StartsWith("inactivity.", StringComparison.Ordinal)
            ? new WorkReply.Done(new(request.Kind, request.Subject, Start), IsReplay: false)
            : new WorkReply.NotSkippable(),
        first => first is WorkReply.Done done ? done with { IsReplay = true } : first,
        () => new WorkReply.KeyReused());

    public Task<ResumeReply> ResumeBy(ResumeRequest request) => Answers.GiveIfKeyed<ResumeReply>(
        request.Key,
        () => request.By == FakeOperators.GoneInTheSilo
            ? new(_clock, KeyUse.First, IsOperatorUnknown: true)
            : new(_clock, KeyUse.First, IsPaused
            ? FakeApprovals.Waiting(request.Key?.Id ?? Guid.NewGuid(), "schedule.resume", request.By, request.Reason)
            : null),
        first => first with { Key = KeyUse.Replay },
        () => new(_clock, KeyUse.Reused));

    public Task<ClockStatus> GoOn() => GetClock();

    private SetClockReply Move(DateTimeOffset now)
    {
        if (!IsManual)
        {
            return new SetClockReply.NotManual();
        }

        if (now < _clock.Now)
        {
            return new SetClockReply.Backwards(_clock);
        }

        _clock = _clock with { Now = now };
        return new SetClockReply.Moving(_clock);
    }
}

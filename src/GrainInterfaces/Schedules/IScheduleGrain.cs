using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Clock;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Statistics;
using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Schedules;

/// <summary>Runs what is due, in order of time. Key: 0.</summary>
[Alias("stk.schedule")]
public interface IScheduleGrain : IGrainWithIntegerKey
{
    /// <summary>Looks for due work now; harmless at any time.</summary>
    [Alias("wake"), AlwaysInterleave]
    Task Wake();

    /// <summary>The clock, and how far due work has followed it.</summary>
    [Alias("clock"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ClockStatus> GetClock();

    /// <summary>
    /// Asks to go on after a pause for a clock that could not be trusted: it waits for a second person. Where nothing is
    /// paused it changes nothing. Once a key, and in the audit log.
    /// </summary>
    [Alias("resume-by"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<ResumeReply> ResumeBy(ResumeRequest request);

    /// <summary>What runs, what was done and when, and what is due or comes next.</summary>
    /// <param name="request">Cursor and limit, of what was done.</param>
    [Alias("schedule"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ScheduleReply> GetSchedule(PageRequest request, CancellationToken cancellation);

    /// <summary>Tries again what is due. Nothing can be run early. Once a key, and in the audit log.</summary>
    [Alias("run-by"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<WorkReply> RunBy(RunWorkRequest request);

    /// <summary>Skips a piece of work for good, where its kind can be and it has not begun. In the audit log.</summary>
    [Alias("skip-by"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<WorkReply> SkipBy(SkipWorkRequest request);

    /// <summary>Goes on, where two persons have ended the pause that stands; else changes nothing. Harmless twice.</summary>
    [Alias("go-on"), AlwaysInterleave]
    Task<ClockStatus> GoOn();

    /// <summary><see cref="IClockGrain.GetOrSetGenesis"/>, for API hosts of the build before.</summary>
    [Alias("genesis"), AlwaysInterleave]
    Task<DateTimeOffset?> GetOrSetGenesis(ImmutableArray<GenesisCandidate> candidates);

    /// <summary><see cref="IClockGrain.Set"/>, for API hosts of the build before.</summary>
    [Alias("set-clock-by"), AlwaysInterleave]
    Task<SetClockReply> SetClockBy(SetClockRequest request);

    /// <summary><see cref="ITotalsGrain.Read"/>, for API hosts of the build before.</summary>
    [Alias("totals"), AlwaysInterleave]
    Task<TotalsReply> GetTotals(CancellationToken cancellation);
}

/// <param name="By">The operator's subject.</param>
/// <param name="Key">Null where the caller gave none.</param>
/// <param name="IsForced">Whether it may be more than a year ahead in an economy where something has happened.</param>
[GenerateSerializer, Immutable, Alias("stk.set-clock-request")]
public sealed record SetClockRequest(
    [property: Id(0)] DateTimeOffset Now, [property: Id(1), FromCaller] string By, [property: Id(2)] RequestKey? Key,
    [property: Id(3)] bool IsForced = false);

/// <param name="By">The operator's subject.</param>
/// <param name="Reason">For the record.</param>
/// <param name="Key">Null where the caller gave none.</param>
[GenerateSerializer, Immutable, Alias("stk.stop-clock-request")]
public sealed record StopClockRequest(
    [property: Id(0), FromCaller] string By, [property: Id(1)] string Reason, [property: Id(2)] RequestKey? Key);

/// <param name="By">The operator's subject.</param>
/// <param name="Reason">For the record.</param>
/// <param name="Key">Null where the caller gave none.</param>
[GenerateSerializer, Immutable, Alias("stk.resume-request")]
public sealed record ResumeRequest(
    [property: Id(0), FromCaller] string By, [property: Id(1)] string Reason, [property: Id(2)] RequestKey? Key);

/// <param name="Waiting">What waits for a second person; null where nothing is paused, or nobody asked that may.</param>
/// <param name="IsOperatorUnknown">Who asks is no operator by the register: nothing has changed.</param>
[GenerateSerializer, Immutable, Alias("stk.resume-reply")]
public sealed record ResumeReply(
    [property: Id(0)] ClockStatus Status,
    [property: Id(1)] KeyUse Key,
    [property: Id(2)] ApprovalView? Waiting = null,
    [property: Id(3)] bool IsOperatorUnknown = false);

[GenerateSerializer, Immutable, Alias("stk.genesis-candidate")]
public sealed record GenesisCandidate([property: Id(0)] string DistinctId, [property: Id(1)] DateTimeOffset At);

/// <param name="Now">Where the clock stands, or is being moved to.</param>
/// <param name="Reached">Everything due up to here has been run; equals <paramref name="Now"/> when all has.</param>
/// <param name="Doing">What runs now, in words; null where nothing does.</param>
/// <param name="IsManual">False where it is the host's.</param>
/// <param name="IsStanding">True from the first setting of a manual clock on.</param>
/// <param name="Waiting">What is due but blocked, in words: a week whose source is not complete.</param>
/// <param name="PausedBecause">Why the schedule waits for an operator; null where it does not.</param>
/// <param name="PausedAt">When it paused; null where it does not wait.</param>
/// <param name="IsDatabaseLost">For API hosts of the build before; <see cref="Health.IHealthGrain"/> says it.</param>
[GenerateSerializer, Immutable, Alias("stk.clock-status")]
public sealed record ClockStatus(
    [property: Id(0)] DateTimeOffset Now,
    [property: Id(1)] DateTimeOffset Reached,
    [property: Id(2)] string? Doing,
    [property: Id(3)] bool IsManual,
    [property: Id(4)] bool IsStanding,
    [property: Id(5)] string? Waiting,
    [property: Id(6)] string? PausedBecause,
    [property: Id(7)] DateTimeOffset? Genesis,
    [property: Id(8)] bool IsDatabaseLost = false,
    [property: Id(9)] DateTimeOffset? PausedAt = null);

/// <summary>What became of a setting. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.set-clock-reply")]
public abstract record SetClockReply
{
    private SetClockReply() { }

    [GenerateSerializer, Immutable, Alias("stk.set-clock-reply.moving")]
    public sealed record Moving(
        [property: Id(0)] ClockStatus Status, [property: Id(1)] bool IsReplay = false) : SetClockReply;

    /// <summary>Earlier than it stands, in an economy that has an event or a transaction.</summary>
    [GenerateSerializer, Immutable, Alias("stk.set-clock-reply.backwards")]
    public sealed record Backwards([property: Id(0)] ClockStatus Status) : SetClockReply;

    /// <summary>More than a year ahead, unforced, in an economy that has an event or a transaction.</summary>
    [GenerateSerializer, Immutable, Alias("stk.set-clock-reply.too-far")]
    public sealed record TooFar([property: Id(0)] ClockStatus Status) : SetClockReply;

    /// <summary>The clock is the host's: there is nothing to set.</summary>
    [GenerateSerializer, Immutable, Alias("stk.set-clock-reply.not-manual")]
    public sealed record NotManual : SetClockReply;

    /// <summary>The key was used with another body.</summary>
    [GenerateSerializer, Immutable, Alias("stk.set-clock-reply.key-reused")]
    public sealed record KeyReused : SetClockReply;

    /// <summary>Who asks is no operator by the register.</summary>
    [GenerateSerializer, Immutable, Alias("stk.set-clock-reply.operator-unknown")]
    public sealed record OperatorUnknown : SetClockReply;
}

/// <param name="Weeks">Weeks whose run is done.</param>
/// <param name="Events">Stored events by outcome.</param>
/// <param name="Paid">Rewards ever posted, available and frozen.</param>
/// <param name="Head">The journal's head, <c>SEQUENCE:HASH</c>.</param>
[GenerateSerializer, Immutable, Alias("stk.totals")]
public sealed record TotalsReply(
    [property: Id(0)] int Weeks,
    [property: Id(1)] long Participants,
    [property: Id(2)] ImmutableArray<OutcomeCount> Events,
    [property: Id(3)] Amount Emitted,
    [property: Id(4)] Amount Paid,
    [property: Id(5)] Amount Frozen,
    [property: Id(6)] ImmutableArray<Emission.FundView> Funds,
    [property: Id(7)] string Head);

/// <param name="Outcome">As on the wire, <c>over_limit</c>.</param>
[GenerateSerializer, Immutable, Alias("stk.outcome-count")]
public sealed record OutcomeCount(
    [property: Id(0)] string Outcome, [property: Id(1)] string Source, [property: Id(2)] long Count);

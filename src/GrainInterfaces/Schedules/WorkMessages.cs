using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;

namespace Stk.GrainInterfaces.Schedules;

/// <summary>What the schedule does, has done and will do.</summary>
/// <param name="Now">Of the economy's clock.</param>
/// <param name="IsPaused">Whether it waits for operators to trust the clock.</param>
/// <param name="Running">Null where nothing runs.</param>
/// <param name="Done">Those whose last try has ended, newest first.</param>
/// <param name="Coming">What is due and not done, then the next of each kind.</param>
[GenerateSerializer, Immutable, Alias("stk.schedule-reply")]
public sealed record ScheduleReply(
    [property: Id(0)] DateTimeOffset Now,
    [property: Id(1)] bool IsPaused,
    [property: Id(2)] WorkView? Running,
    [property: Id(3)] ImmutableArray<WorkView> Done,
    [property: Id(4)] ImmutableArray<ComingView> Coming,
    [property: Id(5)] string? Next,
    [property: Id(6)] bool IsCursorValid = true);

/// <summary>A piece of work that was begun, or skipped.</summary>
/// <param name="Due">By the economy's clock, as the next two; of an audit by the host's.</param>
/// <param name="Began">The last try; null where it was skipped before one.</param>
/// <param name="Ended">The last try; null while it runs.</param>
/// <param name="TookMs">The last try, by the host's clock. Unit: ms.</param>
/// <param name="State">running, done, failed, waiting, skipped, or broken: an audit that has found a fault.</param>
/// <param name="Note">What it waits for, why it failed or was skipped, what an audit has found; else null.</param>
[GenerateSerializer, Immutable, Alias("stk.work")]
public sealed record WorkView(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Subject,
    [property: Id(2)] DateTimeOffset Due,
    [property: Id(3)] DateTimeOffset? Began,
    [property: Id(4)] DateTimeOffset? Ended,
    [property: Id(5)] long? TookMs,
    [property: Id(6)] int Attempts,
    [property: Id(7)] string State,
    [property: Id(8)] string? Note);

[GenerateSerializer, Immutable, Alias("stk.coming-work")]
public sealed record ComingView(
    [property: Id(0)] string Kind, [property: Id(1)] string Subject, [property: Id(2)] DateTimeOffset Due);

/// <param name="Key">Null where the caller gave none.</param>
/// <param name="Kind">As in the list.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.run-work")]
public sealed record RunWorkRequest(
    [property: Id(0)] RequestKey? Key,
    [property: Id(1)] string Kind,
    [property: Id(2)] string Subject,
    [property: Id(3), FromCaller] string By);

/// <param name="Key">Of the request.</param>
/// <param name="Kind">As in the list.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.skip-work")]
public sealed record SkipWorkRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] string Kind,
    [property: Id(2)] string Subject,
    [property: Id(3)] string Reason,
    [property: Id(4), FromCaller] string By);

/// <summary>What became of an operator's word on due work. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.work-reply")]
public abstract record WorkReply
{
    private WorkReply() { }

    /// <summary>It is tried now, or skipped for good.</summary>
    [GenerateSerializer, Immutable, Alias("stk.work-reply.done")]
    public sealed record Done([property: Id(0)] ComingView Work, [property: Id(1)] bool IsReplay) : WorkReply;

    /// <summary>Nothing of this kind and subject is due, or it is done.</summary>
    [GenerateSerializer, Immutable, Alias("stk.work-reply.not-due")]
    public sealed record NotDue : WorkReply;

    /// <summary>It is of a kind that is never skipped, has begun, or it is not its turn.</summary>
    [GenerateSerializer, Immutable, Alias("stk.work-reply.not-skippable")]
    public sealed record NotSkippable : WorkReply;

    /// <summary>Who asks is no operator by the register.</summary>
    [GenerateSerializer, Immutable, Alias("stk.work-reply.operator-unknown")]
    public sealed record OperatorUnknown : WorkReply;

    [GenerateSerializer, Immutable, Alias("stk.work-reply.key-reused")]
    public sealed record KeyReused : WorkReply;
}

using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Pulls;

/// <summary>
/// What operators have a source asked for. It is written down; a silo that asks the source does it. Key: the source's name.
/// </summary>
[Alias("stk.pulls")]
public interface IPullsGrain : IGrainWithStringKey
{
    /// <summary>The newest first, at most 200.</summary>
    [Alias("backfills"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ImmutableArray<BackfillView>> ListBackfills(CancellationToken cancellation);

    /// <summary>The newest first, at most 200: those that were asked for and those that came by themselves.</summary>
    [Alias("checks"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<ImmutableArray<WeekCheckView>> ListChecks(CancellationToken cancellation);

    /// <summary>Has the source asked as soon as a silo can.</summary>
    [Alias("pull"), MayCall(CallerRoles.Operator)]
    Task<PullAskReply> Pull(PullNowRequest request, CancellationToken cancellation);

    /// <summary>Has a stretch of the past read, behind whatever is new.</summary>
    [Alias("backfill"), MayCall(CallerRoles.Operator)]
    Task<PullAskReply> Backfill(BackfillRequest request, CancellationToken cancellation);

    /// <summary>Has an open week read as a whole and held against what is stored.</summary>
    [Alias("check"), MayCall(CallerRoles.Operator)]
    Task<PullAskReply> Check(CheckWeekRequest request, CancellationToken cancellation);
}

/// <param name="Reason">For the record; null where nobody said.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.pull-now")]
public sealed record PullNowRequest(
    [property: Id(0)] RequestKey Key, [property: Id(1)] string? Reason, [property: Id(2), FromCaller] string By);

/// <param name="To">Not in it; later than <paramref name="From"/>.</param>
/// <param name="Reason">For the record; null where nobody said.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.backfill-request")]
public sealed record BackfillRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] DateTimeOffset To,
    [property: Id(3)] string? Reason,
    [property: Id(4), FromCaller] string By);

/// <param name="Reason">For the record; null where nobody said.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.check-week")]
public sealed record CheckWeekRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] WeekId Week,
    [property: Id(2)] string? Reason,
    [property: Id(3), FromCaller] string By);

/// <param name="Backfill">What was asked for, as it stands; null where something else was, or nothing.</param>
/// <param name="Check">Likewise.</param>
[GenerateSerializer, Immutable, Alias("stk.pull-ask-reply")]
public sealed record PullAskReply(
    [property: Id(0)] PullVerdict Verdict,
    [property: Id(1)] KeyUse Key = KeyUse.First,
    [property: Id(2)] BackfillView? Backfill = null,
    [property: Id(3)] WeekCheckView? Check = null);

/// <summary>What became of what was asked for. Sent: add at the end, never renumber.</summary>
public enum PullVerdict
{
    Asked = 0,

    /// <summary>Who asks is no operator by the register.</summary>
    OperatorUnknown = 1,

    UnknownSource = 2,

    /// <summary>Nobody is to be asked: the source only pushes.</summary>
    NotPulled = 3,

    /// <summary>The week is sealed: what is missing of it comes too late.</summary>
    WeekSealed = 4,

    /// <summary>It lies ahead, or before anything that the source is asked for.</summary>
    NothingThere = 5,
}

/// <param name="To">Not in it.</param>
/// <param name="DoneTo">All before it has been read.</param>
/// <param name="Found">Events so far.</param>
/// <param name="LastError">Why it waits, in a word; null where it goes on.</param>
[GenerateSerializer, Immutable, Alias("stk.backfill-view")]
public sealed record BackfillView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] DateTimeOffset From,
    [property: Id(2)] DateTimeOffset To,
    [property: Id(3)] DateTimeOffset DoneTo,
    [property: Id(4)] long Found,
    [property: Id(5)] string? Reason,
    [property: Id(6)] string AskedBy,
    [property: Id(7)] DateTimeOffset AskedAt,
    [property: Id(8)] string? LastError);

/// <param name="AskedBy">Null where the watermark was about to pass the week's end.</param>
/// <param name="CheckedTo">No later than the week's end; null while it waits, and so are the figures.</param>
/// <param name="Missing">What the source had and was not stored.</param>
/// <param name="TakenBack">What stood, and stood no more once the source was asked.</param>
/// <param name="Added">Of what was missing, what is stored now.</param>
[GenerateSerializer, Immutable, Alias("stk.week-check-view")]
public sealed record WeekCheckView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] WeekId Week,
    [property: Id(2)] string? Reason,
    [property: Id(3)] string? AskedBy,
    [property: Id(4)] DateTimeOffset AskedAt,
    [property: Id(5)] DateTimeOffset? CheckedTo,
    [property: Id(6)] int? Missing,
    [property: Id(7)] int? TakenBack,
    [property: Id(8)] int? Added);

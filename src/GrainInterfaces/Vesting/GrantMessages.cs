using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;

namespace Stk.GrainInterfaces.Vesting;

/// <summary>A page of frozen rewards.</summary>
[GenerateSerializer, Immutable, Alias("stk.grant-page")]
public sealed record GrantPage(
    [property: Id(0)] ImmutableArray<GrantView> Grants,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <summary>A frozen reward: how it stands, and what is said of the events that it stands on.</summary>
/// <param name="Id">The transaction that froze it and, of a weekly reward, its place there.</param>
/// <param name="Participant">Whose it is.</param>
/// <param name="Week">Of a weekly reward; null for what a fund's spending has frozen.</param>
/// <param name="Type">Of its events; null for what a fund's spending has frozen.</param>
/// <param name="Fund">That paid it.</param>
/// <param name="Condition">What decides about it, <c>ProjectValidated</c>; null where its day alone does.</param>
/// <param name="DecidesBy">The day whose run decides whatever is known by then.</param>
/// <param name="Events">In their order, with what is said of each by now, or was when it was decided.</param>
/// <param name="DecidedAt">Null while it is open.</param>
[GenerateSerializer, Immutable, Alias("stk.grant")]
public sealed record GrantView(
    [property: Id(0)] string Id,
    [property: Id(1)] string Participant,
    [property: Id(2)] WeekId? Week,
    [property: Id(3)] string? Type,
    [property: Id(4)] Fund Fund,
    [property: Id(5)] int VestsDays,
    [property: Id(6)] Amount Amount,
    [property: Id(7)] DateOnly UnlocksOn,
    [property: Id(8)] GrantState State,
    [property: Id(9)] string? Condition,
    [property: Id(10)] DateOnly DecidesBy,
    [property: Id(11)] ImmutableArray<GrantEventView> Events,
    [property: Id(12)] Amount Released,
    [property: Id(13)] Amount Cancelled,
    [property: Id(14)] DateTimeOffset? DecidedAt);

/// <param name="Verdict">Null: nothing yet.</param>
/// <param name="Evidence">The event that said so.</param>
[GenerateSerializer, Immutable, Alias("stk.grant-event")]
public sealed record GrantEventView(
    [property: Id(0)] Guid Uuid, [property: Id(1)] Verdict? Verdict, [property: Id(2)] Guid? Evidence);

/// <param name="Grant">As <see cref="GrantView.Id"/>.</param>
/// <param name="By">The operator's subject.</param>
/// <param name="Reason">For the record.</param>
[GenerateSerializer, Immutable, Alias("stk.decide-grant-request")]
public sealed record DecideGrantRequest(
    [property: Id(0)] RequestKey Key, [property: Id(1)] string Grant, [property: Id(2)] Verdict Verdict,
    [property: Id(3)] string Reason, [property: Id(4), FromCaller] string By);

/// <summary>What became of an operator's decision. A closed set.</summary>
[GenerateSerializer, Immutable, Alias("stk.decide-grant-reply")]
public abstract record DecideGrantReply
{
    private DecideGrantReply() { }

    [GenerateSerializer, Immutable, Alias("stk.decide-grant-reply.done")]
    public sealed record Done(
        [property: Id(0)] GrantView Grant, [property: Id(1)] bool IsReplay) : DecideGrantReply;

    /// <summary>Above what one signature may give: it waits for a second operator.</summary>
    [GenerateSerializer, Immutable, Alias("stk.decide-grant-reply.waiting")]
    public sealed record Waiting(
        [property: Id(0)] ApprovalView Approval, [property: Id(1)] bool IsReplay) : DecideGrantReply;

    /// <summary>The register has no operator of this subject.</summary>
    [GenerateSerializer, Immutable, Alias("stk.decide-grant-reply.operator-unknown")]
    public sealed record OperatorUnknown : DecideGrantReply;

    /// <summary>It is the operator's own.</summary>
    [GenerateSerializer, Immutable, Alias("stk.decide-grant-reply.own-affair")]
    public sealed record OwnAffair : DecideGrantReply;

    /// <summary>There is no such frozen reward.</summary>
    [GenerateSerializer, Immutable, Alias("stk.decide-grant-reply.unknown")]
    public sealed record Unknown : DecideGrantReply;

    /// <summary>It was decided before.</summary>
    [GenerateSerializer, Immutable, Alias("stk.decide-grant-reply.decided")]
    public sealed record AlreadyDecided : DecideGrantReply;

    /// <summary>Its unlock day has not come: it can be cancelled, and not released.</summary>
    [GenerateSerializer, Immutable, Alias("stk.decide-grant-reply.frozen")]
    public sealed record StillFrozen([property: Id(0)] DateOnly UnlocksOn) : DecideGrantReply;

    /// <summary>The key was used with another body.</summary>
    [GenerateSerializer, Immutable, Alias("stk.decide-grant-reply.key-reused")]
    public sealed record KeyReused : DecideGrantReply;
}

/// <param name="Csv">UTF-8.</param>
/// <param name="Next">Null at the end.</param>
[GenerateSerializer, Immutable, Alias("stk.vesting-export-page")]
public sealed record VestingExportPage([property: Id(0)] byte[] Csv, [property: Id(1)] string? Next);

using System.Collections.Immutable;
using Stk.GrainInterfaces.Approvals;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.GrainInterfaces.Spending;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Inactivity;

/// <summary>Appeals against redistribution, as operators decide them. Key: 0.</summary>
[Alias("stk.appeals")]
public interface IAppealsGrain : IGrainWithIntegerKey
{
    /// <summary>Newest first.</summary>
    /// <param name="state">Null for all.</param>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<AppealPage> List(PageRequest request, AppealState? state, CancellationToken cancellation);

    /// <summary>Decides one, once: an operator's last word.</summary>
    [Alias("decide"), AlwaysInterleave, MayCall(CallerRoles.Operator)]
    Task<SpendingReply<AppealView>> Decide(DecideAppealRequest request, CancellationToken cancellation);
}

/// <param name="Key">Of the request.</param>
/// <param name="Appeal">Which.</param>
/// <param name="Reason">Why, for the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.decide-appeal")]
public sealed record DecideAppealRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Guid Appeal,
    [property: Id(2)] bool IsAccepted,
    [property: Id(3)] string Reason,
    [property: Id(4), FromCaller] string By);

/// <param name="Quarter">As <c>2026-Q1</c>.</param>
/// <param name="Sum">What is at stake: what was taken, or would be.</param>
/// <param name="Transaction">Of what the decision moved; null where it moved nothing or there is none.</param>
/// <param name="Waiting">
/// Above what one signature may give it waits for a second person, and nothing else is done; else null.
/// </param>
[GenerateSerializer, Immutable, Alias("stk.appeal")]
public sealed record AppealView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Participant,
    [property: Id(2)] string Quarter,
    [property: Id(3)] string Text,
    [property: Id(4)] Amount Sum,
    [property: Id(5)] DateTimeOffset At,
    [property: Id(6)] AppealState State,
    [property: Id(7)] DateTimeOffset? DecidedAt,
    [property: Id(8)] string? DecidedBy,
    [property: Id(9)] string? Reason,
    [property: Id(10)] Guid? Transaction,
    [property: Id(11)] ApprovalView? Waiting = null);

[GenerateSerializer, Immutable, Alias("stk.appeal-page")]
public sealed record AppealPage(
    [property: Id(0)] ImmutableArray<AppealView> Appeals,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

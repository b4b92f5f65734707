using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Approvals;

namespace Stk.GrainInterfaces.Approvals;

/// <summary>An act that takes two persons. What was asked never changes.</summary>
/// <param name="Id">Of the request that asked.</param>
/// <param name="Kind">What is done: <c>rules.announce</c>.</param>
/// <param name="Act">JSON of the kind's own: what exactly is done.</param>
/// <param name="ExpiresAt">From then on it is done by nobody.</param>
/// <param name="DecidedBy">The second operator; null while none has decided.</param>
/// <param name="IsAlone">The register has no other operator: nobody can approve it as things stand.</param>
[GenerateSerializer, Immutable, Alias("stk.approval")]
public sealed record ApprovalView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Kind,
    [property: Id(2)] ApprovalState State,
    [property: Id(3)] string AskedBy,
    [property: Id(4)] DateTimeOffset AskedAt,
    [property: Id(5)] string Reason,
    [property: Id(6)] string Act,
    [property: Id(7)] DateTimeOffset ExpiresAt,
    [property: Id(8)] DateTimeOffset? DecidedAt,
    [property: Id(9)] string? DecidedBy,
    [property: Id(10)] string? DecidedReason,
    [property: Id(11)] bool IsAlone = false);

/// <param name="Approval">As <see cref="ApprovalView.Id"/>.</param>
/// <param name="Reason">For the record: 1 to 280 characters.</param>
/// <param name="By">The operator's subject.</param>
[GenerateSerializer, Immutable, Alias("stk.decide-approval")]
public sealed record DecideApprovalRequest(
    [property: Id(0)] RequestKey Key,
    [property: Id(1)] Guid Approval,
    [property: Id(2)] bool IsApproved,
    [property: Id(3)] string Reason,
    [property: Id(4), FromCaller] string By);

[GenerateSerializer, Immutable, Alias("stk.approval-page")]
public sealed record ApprovalPage(
    [property: Id(0)] ImmutableArray<ApprovalView> Approvals,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

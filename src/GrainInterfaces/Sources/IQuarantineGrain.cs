using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.GrainInterfaces.Participants;
using Stk.GrainInterfaces.Requests;
using Stk.Rules.Activity;

namespace Stk.GrainInterfaces.Sources;

/// <summary>What of a source was not taken in and is kept. Key: the source's name.</summary>
[Alias("stk.quarantine")]
public interface IQuarantineGrain : IGrainWithStringKey
{
    /// <summary>The newest first.</summary>
    /// <param name="reason">Null for all.</param>
    [Alias("list"), AlwaysInterleave, MayCall(CallerRoles.Office)]
    Task<QuarantinePage> List(PageRequest request, string? reason, CancellationToken cancellation);

    /// <summary>Sends some through intake as if they came now. Those that are taken in are kept no more.</summary>
    [Alias("replay"), MayCall(CallerRoles.Operator)]
    Task<QuarantineReply> Replay(QuarantineRequest request, CancellationToken cancellation);

    /// <summary>Lets some go for ever.</summary>
    [Alias("delete"), MayCall(CallerRoles.Operator)]
    Task<QuarantineReply> Delete(QuarantineRequest request, CancellationToken cancellation);
}

[GenerateSerializer, Immutable, Alias("stk.quarantine-page")]
public sealed record QuarantinePage(
    [property: Id(0)] ImmutableArray<QuarantinedEvent> Items,
    [property: Id(1)] string? Next,
    [property: Id(2)] bool IsCursorValid = true);

/// <param name="Uuid">Null where it could not be read.</param>
/// <param name="Reason">A word.</param>
/// <param name="Payload">As it came.</param>
[GenerateSerializer, Immutable, Alias("stk.quarantined-event")]
public sealed record QuarantinedEvent(
    [property: Id(0)] Guid Id,
    [property: Id(1)] Guid? Uuid,
    [property: Id(2)] string Reason,
    [property: Id(3)] string? Field,
    [property: Id(4)] string? Rule,
    [property: Id(5)] string Payload,
    [property: Id(6)] DateTimeOffset ReceivedAt);

/// <summary>Which of them, and why.</summary>
/// <param name="Ids">Empty: all of the reason.</param>
/// <param name="Reason">Null where ids are named.</param>
[GenerateSerializer, Immutable, Alias("stk.quarantine-request")]
public sealed record QuarantineRequest(
    [property: Id(0)] RequestKey? Key,
    [property: Id(1)] ImmutableArray<Guid> Ids,
    [property: Id(2)] string? Reason,
    [property: Id(3)] string Why,
    [property: Id(4), FromCaller] string By);

/// <param name="Answers">One each that was sent through intake; none of those that were let go.</param>
/// <param name="Count">How many were looked at: at most 1,000 in one request.</param>
[GenerateSerializer, Immutable, Alias("stk.quarantine-reply")]
public sealed record QuarantineReply(
    [property: Id(0)] ImmutableArray<QuarantineAnswer> Answers,
    [property: Id(1)] int Count,
    [property: Id(2)] KeyUse Key = KeyUse.First,
    [property: Id(3)] bool IsOperatorUnknown = false);

[GenerateSerializer, Immutable, Alias("stk.quarantine-answer")]
public sealed record QuarantineAnswer(
    [property: Id(0)] Guid Id,
    [property: Id(1)] EventOutcome Outcome,
    [property: Id(2)] string? Field,
    [property: Id(3)] string? Rule);

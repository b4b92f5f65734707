using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.Rules.Activity;

namespace Stk.GrainInterfaces.Participants;

/// <param name="Source">The ingest token's <c>sub</c>.</param>
/// <param name="Events">Well-formed, in the order sent, all of the participant who is asked.</param>
/// <param name="Payloads">Each event as it came, to be kept where it is held; null where that is not needed.</param>
/// <param name="Way">Null of those that were pushed, which is all that anybody outside may say.</param>
[GenerateSerializer, Immutable, Alias("stk.record-events")]
public sealed record RecordRequest(
    [property: Id(0), FromCaller] string Source,
    [property: Id(1)] ImmutableArray<ActivityEvent> Events,
    [property: Id(2)] ImmutableArray<string>? Payloads = null,
    [property: Id(3), FromCaller(CallerFact.Nothing)] RecordWay? Way = null);

/// <summary>How events came that were not pushed. Sent: add at the end, never renumber.</summary>
public enum RecordWay
{
    /// <summary>In their source's own form.</summary>
    Webhook = 1,

    /// <summary>An operator has let them in: whatever their age.</summary>
    Replay = 2,

    /// <summary>From the mirror of a club.</summary>
    Mirror = 3,

    /// <summary>Asked of their source: whatever their age.</summary>
    Pull = 4,
}

/// <summary>What became of an event.</summary>
/// <param name="Field">The field at fault, where it was rejected.</param>
/// <param name="Rule">The rule that it broke, where it was rejected.</param>
[GenerateSerializer, Immutable, Alias("stk.event-answer")]
public sealed record EventAnswer(
    [property: Id(0)] EventOutcome Outcome, [property: Id(1)] string? Field = null, [property: Id(2)] string? Rule = null);

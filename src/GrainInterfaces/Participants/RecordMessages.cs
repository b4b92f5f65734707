using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.Rules.Activity;

namespace Stk.GrainInterfaces.Participants;

/// <param name="Source">The ingest token's <c>sub</c>.</param>
/// <param name="Events">Well-formed, in the order sent, all of the participant who is asked.</param>
[GenerateSerializer, Immutable, Alias("stk.record-events")]
public sealed record RecordRequest(
    [property: Id(0), FromCaller] string Source, [property: Id(1)] ImmutableArray<ActivityEvent> Events);

/// <summary>What became of an event.</summary>
/// <param name="Field">The field at fault, where it was rejected.</param>
/// <param name="Rule">The rule that it broke, where it was rejected.</param>
[GenerateSerializer, Immutable, Alias("stk.event-answer")]
public sealed record EventAnswer(
    [property: Id(0)] EventOutcome Outcome, [property: Id(1)] string? Field = null, [property: Id(2)] string? Rule = null);

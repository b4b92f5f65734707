using System.Collections.Immutable;
using Stk.Rules.Activity;
using Stk.Rules.Objections;

namespace Stk.Rules.Intake;

/// <summary>One event and what becomes of it.</summary>
/// <param name="Objection">Where it is rejected, and nowhere else.</param>
public readonly record struct DecidedEvent(ActivityEvent Event, EventOutcome Outcome, Objection? Objection)
{
    public bool IsStored => Outcome.IsStored();
}

/// <summary>What one batch comes to, if it is committed.</summary>
/// <param name="Events">One for each of the batch, in its order.</param>
/// <param name="LiveChanges">
/// What to add to the live counts; none is zero. A target's day may be outside the open weeks.
/// </param>
/// <param name="Registers">The participant is new, and at least one event is stored.</param>
public sealed record IntakeDecision(
    ImmutableArray<DecidedEvent> Events, ImmutableDictionary<ActivityDay, int> LiveChanges, bool Registers);

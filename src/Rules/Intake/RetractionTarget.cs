using Stk.Rules.Activity;
using Stk.Rules.Weeks;

namespace Stk.Rules.Intake;

/// <summary>A stored event that a retraction or evidence of the batch names, whoever sent it.</summary>
/// <param name="Participant">The number of its participant.</param>
/// <param name="IsRetracted">A stored retraction that is not late, of its source, participant and type, names it.</param>
public sealed record RetractionTarget(
    Guid Uuid, string Source, long Participant, string Type, DateTimeOffset At, EventOutcome Outcome, bool IsRetracted)
{
    /// <summary>Of evidence: the uuid of the event that it speaks of.</summary>
    public Guid? For { get; init; }

    public WeekId Week => WeekId.Of(At);

    public DateOnly Day => DateOnly.FromDateTime(At.UtcDateTime);
}

/// <summary>A stored retraction that is not late, of the batch's source and participant.</summary>
/// <param name="Retracts">The uuid that it names.</param>
/// <param name="Type">Its own type: <c>ClubPostCreatedRetracted</c>.</param>
public readonly record struct WaitingRetraction(Guid Retracts, string Type);

using Stk.Rules.Activity;
using Stk.Rules.Intake;
using Stk.Rules.Participants;

namespace Stk.Grains.Activity;

/// <summary>One participant's events of one request, on their way to the writer, with what its actor remembers.</summary>
/// <param name="Number">Null where the participant is not registered as far as the actor knows.</param>
/// <param name="Live">Live events of the open weeks.</param>
internal sealed record IntakeItem(
    string ParticipantId,
    long? Number,
    int SourceId,
    IntakeBatch Batch,
    Timeline<bool> Exclusions,
    IReadOnlyDictionary<ActivityDay, int> Live);

/// <param name="Number">Null where nothing was stored and nobody registered.</param>
internal sealed record IntakeResult(IntakeDecision Decision, long? Number);

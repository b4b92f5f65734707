using System.Collections.Immutable;
using Stk.Grains.Sources;
using Stk.Rules.Activity;
using Stk.Rules.Intake;
using Stk.Rules.Participants;

namespace Stk.Grains.Activity;

/// <summary>One participant's events of one request, on their way to the writer, with what its actor remembers.</summary>
/// <param name="Number">Null where the participant is not registered as far as the actor knows.</param>
/// <param name="Live">Live events of the open weeks.</param>
/// <param name="MayRegister">Whether its source may bring somebody new.</param>
/// <param name="HeldAfter">How old an event that earns may be; null: any age.</param>
/// <param name="Payloads">Each event as it came; null where that is not at hand.</param>
/// <param name="Form">Of the payloads.</param>
internal sealed record IntakeItem(
    string ParticipantId,
    long? Number,
    int SourceId,
    IntakeBatch Batch,
    Timeline<bool> Exclusions,
    IReadOnlyDictionary<ActivityDay, int> Live,
    bool MayRegister,
    TimeSpan? HeldAfter,
    ImmutableArray<string>? Payloads,
    QuarantineForm Form);

/// <param name="Number">Null where nothing was stored and nobody registered.</param>
internal sealed record IntakeResult(IntakeDecision Decision, long? Number);

using System.Collections.Immutable;

namespace Stk.Rules.Statements;

/// <summary>One row of a seal: a participant's events of one type, day and vesting.</summary>
/// <param name="VestsDays">0 where the reward is not frozen.</param>
/// <param name="Received">Events that are neither late nor retracted.</param>
/// <param name="Counted">Of those, how many the day's limit let count.</param>
public readonly record struct SealedActivity(string Type, DateOnly Day, int VestsDays, int Received, int Counted);

/// <summary>What a seal holds of one participant.</summary>
/// <param name="Number">The participant's number; outside ids are not sealed.</param>
/// <param name="Level">In force at the week's end.</param>
/// <param name="StreakBefore">Of the statement of the week before, 0 where there is none.</param>
/// <param name="Activities">In any order; types with a weight only.</param>
public sealed record SealedParticipant(
    long Number, int Level, int StreakBefore, ImmutableArray<SealedActivity> Activities);

using Stk.Rules.Money;

namespace Stk.Reports.Weekly;

/// <summary>One participant's row of a week.</summary>
/// <param name="ParticipantId">The outside id, as it is.</param>
/// <param name="Reward">The whole reward after the fund factor: available and frozen.</param>
public readonly record struct WeeklyRow(string ParticipantId, Amount Reward);

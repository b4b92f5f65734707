using Stk.Rules.Inactivity;
using Stk.Rules.Money;

namespace Stk.Reports.Inactivity;

/// <summary>Somebody from whom a quarter would take something.</summary>
/// <param name="ParticipantId">The outside id, as it is.</param>
/// <param name="Base">What was available at the assessment.</param>
/// <param name="Taken">Nothing unless charged.</param>
public readonly record struct RedistributionRow(
    string ParticipantId, DateOnly LastActive, int Days, int RateBp, Amount Base, Amount Taken, InactivityOutcome Outcome);

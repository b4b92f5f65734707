using Stk.Rules.Money;

namespace Stk.Rules.Statements;

/// <summary>When a part of a week's reward is to be decided.</summary>
/// <param name="Amount">All of the week's that unlocks on that day; above zero.</param>
public readonly record struct UnlockDay(DateOnly Day, Amount Amount);

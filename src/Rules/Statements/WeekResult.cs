using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Rules.Statements;

/// <summary>What a week came to, zero where it gave no statement.</summary>
/// <param name="Points">Before coefficients.</param>
/// <param name="Reward">After coefficients and the fund's factor.</param>
public readonly record struct WeekResult(WeekId Week, long Points, Amount Reward);

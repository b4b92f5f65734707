using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Rules.Bounds;

/// <summary>What a scored week is held against its bounds by.</summary>
/// <param name="Total">Its rewards before the fund's factor.</param>
/// <param name="People">Participants with a statement.</param>
/// <param name="Shares">How its rewards are divided; null where no bound asks for it.</param>
public sealed record WeekMeasure(WeekId Week, Amount Total, int People, WeekShares? Shares);

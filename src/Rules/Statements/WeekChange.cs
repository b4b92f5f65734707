using Stk.Rules.Money;

namespace Stk.Rules.Statements;

/// <summary>A week beside the week before it; where that gave nothing, beside zero.</summary>
/// <param name="Percent">
/// Of the reward before, rounded half away from zero; null where that was nothing. Unit: percent.
/// </param>
public readonly record struct WeekChange(long Points, Amount Reward, long? Percent)
{
    public static WeekChange Between(long pointsBefore, Amount before, long points, Amount reward) =>
        new(points - pointsBefore, reward - before, before == Amount.Zero ? null : PercentOf(reward - before, before));

    private static long PercentOf(Amount change, Amount before)
    {
        // Half of the divisor more, in the change's own direction: a tie goes away from zero.
        var half = (Int128)before.Micro * (change < Amount.Zero ? -1 : 1);
        return checked((long)((((Int128)change.Micro * 200) + half) / ((Int128)before.Micro * 2)));
    }
}

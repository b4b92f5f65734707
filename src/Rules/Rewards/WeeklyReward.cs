using Stk.Rules.Money;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Rewards;

/// <summary>A week's reward before the fund has its say. A point pays 1 STK.</summary>
public static class WeeklyReward
{
    // One point times one hundredth times one hundredth.
    private const long MicroPerHundredth2 = Amount.MicroPerStk / 10_000;

    /// <summary>Points x qualification x consistency, exact: two 2-decimal factors fit 6 decimals.</summary>
    /// <param name="points">Counted weights of the week, after day limits. Unit: points.</param>
    /// <param name="qualification">Of the level in force when the week was sealed.</param>
    /// <param name="consistency"><see cref="RuleBook.ConsistencyOf"/> the streak.</param>
    /// <exception cref="ArgumentOutOfRangeException">Points below 0.</exception>
    /// <exception cref="OverflowException">The reward does not fit an amount.</exception>
    /// <remarks>Source document, "Формула расчёта": 960 x 1.5 x 1.10 gives 1584 STK.</remarks>
    public static Amount For(long points, Coefficient qualification, Coefficient consistency)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(points);
        var hundredths2 = checked((long)qualification.Hundredths * consistency.Hundredths);
        return new(checked(points * hundredths2 * MicroPerHundredth2));
    }
}

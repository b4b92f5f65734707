using Stk.Rules.Money;

namespace Stk.Rules.Rewards;

/// <summary>What a week's rewards come to where the fund holds less than their total.</summary>
public readonly record struct FundScaling
{
    /// <param name="reserved">What was reserved from the fund: min(fund, total).</param>
    /// <param name="total">The sum of the week's full rewards.</param>
    /// <exception cref="ArgumentOutOfRangeException">Reserved below 0, or above the total.</exception>
    public FundScaling(Amount reserved, Amount total)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reserved.Micro, nameof(reserved));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reserved.Micro, total.Micro, nameof(reserved));
        Reserved = reserved;
        Total = total;
    }

    public Amount Reserved { get; }

    public Amount Total { get; }

    /// <summary>How much a week reserves.</summary>
    public static Amount Reserve(Amount fund, Amount total) => Amount.Min(fund, total);

    /// <summary>floor(reward x reserved / total). All scaled rewards together never exceed what was reserved.</summary>
    public Amount Of(Amount fullReward) =>
        Reserved == Total ? fullReward : fullReward.ScaledDown(Reserved.Micro, Total.Micro);
}

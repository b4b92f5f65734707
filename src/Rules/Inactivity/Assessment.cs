using Stk.Rules.Money;
using Stk.Rules.RuleBooks;

namespace Stk.Rules.Inactivity;

/// <summary>What would be taken from one participant, before it is asked what prevents it.</summary>
/// <param name="Days">Since the last activity.</param>
/// <param name="RateBp">Unit: basis points.</param>
/// <param name="Base">What is available: never what is frozen, being settled or on the chain.</param>
/// <param name="Amount">floor(base x rate), to the micro-STK; 0 posts nothing.</param>
public readonly record struct Assessment(int Days, int RateBp, Amount Base, Amount Amount)
{
    /// <param name="available">At least zero.</param>
    public static Assessment Of(int days, Amount available, InactivityRules rules)
    {
        var rateBp = rules.RateBpOf(days);
        return new(days, rateBp, available, available.ScaledDown(rateBp, LargestRemainder.WholeBp));
    }

    /// <summary>
    /// What is taken when an appeal of before the debit is rejected: of no more than was assessed, and of no more than is
    /// there.
    /// </summary>
    public Amount AfterRejection(Amount available) =>
        Amount.Min(Base, available).ScaledDown(RateBp, LargestRemainder.WholeBp);
}

using Stk.Rules.Money;

namespace Stk.Rules.Treasury;

/// <summary>Who may spend what from a fund.</summary>
public static class FundSpendRules
{
    /// <summary>Weekly runs alone spend the rewards fund.</summary>
    public static bool IsSpendable(Fund fund) => fund != Fund.Rewards;
}

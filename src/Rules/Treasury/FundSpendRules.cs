using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.Rules.Treasury;

/// <summary>Who may spend what from a fund.</summary>
public static class FundSpendRules
{
    /// <summary>Weekly runs alone spend the rewards fund.</summary>
    public static bool IsSpendable(Fund fund) => fund != Fund.Rewards;

    /// <summary>Above the limit a second operator decides.</summary>
    public static bool NeedsApproval(Amount amount, SpendingRules rules) => amount > rules.ApprovalAbove;
}

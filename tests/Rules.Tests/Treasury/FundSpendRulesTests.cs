using Stk.Rules.Money;
using Stk.Rules.Spending;
using Stk.Rules.Treasury;

namespace Stk.Rules.Tests.Treasury;

public class FundSpendRulesTests
{
    [Fact]
    public void Every_fund_but_the_rewards_fund_can_be_spent() =>
        Assert.Equal([Fund.Treasury, Fund.Startup, Fund.Team, Fund.Liquidity], Funds.All.Where(FundSpendRules.IsSpendable));

    [Fact]
    public void A_second_operator_is_needed_above_the_limit_and_not_at_it()
    {
        var rules = SpendingRules.Default with { ApprovalAbove = Amount.OfStk(10_000) };

        Assert.False(FundSpendRules.NeedsApproval(Amount.OfStk(10_000), rules));
        Assert.True(FundSpendRules.NeedsApproval(new(Amount.OfStk(10_000).Micro + 1), rules));
    }
}

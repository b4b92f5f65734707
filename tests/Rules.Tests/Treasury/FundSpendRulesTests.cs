using Stk.Rules.Money;
using Stk.Rules.Treasury;

namespace Stk.Rules.Tests.Treasury;

public class FundSpendRulesTests
{
    [Fact]
    public void Every_fund_but_the_rewards_fund_can_be_spent() =>
        Assert.Equal([Fund.Treasury, Fund.Startup, Fund.Team, Fund.Liquidity], Funds.All.Where(FundSpendRules.IsSpendable));
}

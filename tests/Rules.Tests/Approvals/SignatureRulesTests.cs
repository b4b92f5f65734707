using Stk.Rules.Approvals;
using Stk.Rules.Money;

namespace Stk.Rules.Tests.Approvals;

public sealed class SignatureRulesTests
{
    private static readonly Amount Limit = Amount.OfStk(10_000);

    [Fact]
    public void A_second_person_is_needed_above_the_limit_and_not_at_it()
    {
        Assert.False(SignatureRules.NeedsSecond(Limit, default, Limit));
        Assert.True(SignatureRules.NeedsSecond(new(Limit.Micro + 1), default, Limit));
    }

    [Theory]
    [InlineData(6_000, 0, 0)]
    [InlineData(0, 6_000, 0)]
    [InlineData(0, 0, 6_000)]
    public void What_was_given_before_by_the_same_person_to_the_same_or_of_the_same_fund_counts(
        long byPerson, long toReceiver, long ofFund)
    {
        var given = new SignedSums(Amount.OfStk(byPerson), Amount.OfStk(toReceiver), Amount.OfStk(ofFund));

        Assert.False(SignatureRules.NeedsSecond(Amount.OfStk(4_000), given, Limit));
        Assert.True(SignatureRules.NeedsSecond(new(Amount.OfStk(4_000).Micro + 1), given, Limit));
    }

    [Fact]
    public void A_rule_book_lowers_the_limit_and_raises_it_up_to_the_ceiling()
    {
        Assert.Equal(Amount.OfStk(5), SignatureRules.Limit(Amount.OfStk(5), ceiling: Limit));
        Assert.Equal(Limit, SignatureRules.Limit(Amount.OfStk(9_000_000_000), ceiling: Limit));
    }
}

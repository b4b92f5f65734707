using System.Numerics;
using CsCheck;
using Stk.Rules.Money;
using Stk.Rules.Statistics;

namespace Stk.Rules.Tests.Statistics;

public class DistributionTests
{
    private static readonly Gen<Amount[]> Holdings =
        Gen.Long[1, 8_000_000_000_000_000 / 50].Select(micro => new Amount(micro)).Array[1, 50];

    [Theory]
    [InlineData(new long[] { 5, 5, 5 }, 0)]
    [InlineData(new long[] { 7 }, 0)]
    [InlineData(new long[] { 1, 3 }, 2_500)]
    [InlineData(new long[] { 1, 2, 3, 4 }, 2_500)]
    [InlineData(new long[] { 1, 1, 1, 97 }, 7_200)]
    [InlineData(new long[] { 1, 2 }, 1_667)]
    public void Gini_is_that_of_the_textbook(long[] stk, int tenThousandths) =>
        Assert.Equal(tenThousandths, Distribution.Of([.. stk.Select(Amount.OfStk)]).GiniTenThousandths);

    [Fact]
    public void Gini_is_half_the_mean_difference_of_pairs() => Holdings.Sample(holdings =>
    {
        var differences = BigInteger.Zero;
        foreach (var left in holdings)
        {
            foreach (var right in holdings)
            {
                differences += BigInteger.Abs((BigInteger)left.Micro - right.Micro);
            }
        }

        var total = holdings.Aggregate(BigInteger.Zero, (sum, holding) => sum + holding.Micro);
        var below = 2 * holdings.Length * total;
        Assert.Equal(
            (int)(((differences * 20_000) + below) / (2 * below)), Distribution.Of(holdings).GiniTenThousandths);
    });

    [Fact]
    public void Every_holder_is_in_one_class_and_the_shares_are_the_whole() => Holdings.Sample(holdings =>
    {
        var classes = Distribution.Of(holdings).Classes;
        Assert.Equal(holdings.Length, classes.Sum(one => one.Holders));
        Assert.Equal(LargestRemainder.WholeBp, classes.Sum(one => one.ShareBp));
        Assert.All(classes, one => Assert.Equal(
            holdings.Count(holding => holding >= one.From && (one.Below is null || holding < one.Below)), one.Holders));
    });

    [Fact]
    public void Classes_are_powers_of_ten_from_1_STK()
    {
        var classes = Distribution.Of(
            [new(999_999), Amount.OfStk(1), new(9_999_999), Amount.OfStk(10), Amount.OfStk(5_000_000_000)]).Classes;

        Assert.Equal([1, 2, 1, 0, 0, 0, 0, 0, 0, 0, 1], classes.Select(one => one.Holders));
        Assert.Equal((Amount.OfStk(1_000_000_000), null), (classes[^1].From, classes[^1].Below));
    }

    [Fact]
    public void Nobody_has_a_distribution_of_zeros()
    {
        var none = Distribution.Of([]);

        Assert.Equal((0, 0), (none.Holders, none.GiniTenThousandths));
        Assert.All(none.Classes, one => Assert.Equal((0, 0), (one.Holders, one.ShareBp)));
    }

    [Theory]
    [InlineData(1, 3, 3_333)]
    [InlineData(2, 3, 6_667)]
    [InlineData(1, 20_000, 1)]
    [InlineData(1, 20_001, 0)]
    public void A_share_is_rounded_to_a_basis_point(long part, long total, int shareBp) =>
        Assert.Equal(shareBp, Distribution.ShareBp(new(part), total));
}

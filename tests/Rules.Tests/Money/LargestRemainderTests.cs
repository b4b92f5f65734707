using System.Numerics;
using CsCheck;
using Stk.Rules.Money;

namespace Stk.Rules.Tests.Money;

public class LargestRemainderTests
{
    // Cut points between 0 and 10,000, sorted, give every list of shares that sums to 10,000.
    private static readonly Gen<int[]> Shares = Gen.Int[0, 10_000].Array[0, 7].Select(cuts =>
    {
        int[] edges = [0, .. cuts.Order(), 10_000];
        return edges.Zip(edges.Skip(1), (from, to) => to - from).ToArray();
    });

    private static readonly Gen<long[]> Weights = Gen.Long[0, 1_000_000_000_000].Array[1, 12].Where(w => w.Any(x => x > 0));

    [Fact]
    public void Parts_of_shares_add_up_to_the_whole() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Shares).Sample((micro, shares) =>
        {
            var parts = LargestRemainder.Split(new Amount(micro), shares);
            Assert.Equal(micro, parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part.Micro));
        });

    [Fact]
    public void Parts_of_weights_add_up_to_the_whole_and_none_is_off_by_a_micro() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Weights).Sample((micro, weights) =>
        {
            var parts = LargestRemainder.Divide(new Amount(micro), weights);
            var all = weights.Aggregate(BigInteger.Zero, (sum, weight) => sum + weight);
            Assert.Equal(micro, parts.Aggregate(BigInteger.Zero, (sum, part) => sum + part.Micro));
            for (var i = 0; i < weights.Length; i++)
            {
                var off = (parts[i].Micro * all) - (micro * (BigInteger)weights[i]);
                Assert.True(BigInteger.Abs(off) < all, $"part {i} is off by a micro or more");
            }
        });

    [Fact]
    public void A_weight_of_zero_gets_nothing() =>
        Gen.Select(Gen.Long[0, long.MaxValue], Weights).Sample((micro, weights) =>
        {
            var parts = LargestRemainder.Divide(new Amount(micro), weights);
            return weights.Zip(parts).All(pair => pair.First > 0 || pair.Second == Amount.Zero);
        });

    [Fact]
    public void A_tie_goes_to_the_earlier() =>
        Assert.Equal(
            [new Amount(1), new Amount(1), new Amount(0)],
            LargestRemainder.Divide(new Amount(2), [1, 1, 1]).ToArray());

    [Fact]
    public void What_is_left_goes_to_the_largest_remainder() =>
        Assert.Equal([new Amount(3), new Amount(7)], LargestRemainder.Split(new Amount(10), [2_999, 7_001]).ToArray());

    [Fact]
    public void Shares_that_do_not_sum_to_one_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LargestRemainder.Split(new Amount(1), [5_000, 4_999]));
        Assert.Throws<ArgumentException>(() => LargestRemainder.Split(new Amount(1), [20_000, -10_000]));
        Assert.Throws<ArgumentException>(() => LargestRemainder.Split(new Amount(1), []));
    }

    [Fact]
    public void A_negative_whole_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => LargestRemainder.Divide(new Amount(-1), [1]));
}

using CsCheck;
using Stk.Rules.Money;
using Stk.Rules.Spending;

namespace Stk.Rules.Tests.Spending;

public class PurchaseSplitTests
{
    private static readonly Dictionary<string, string> Nobody = [];

    // From 0.000001 to 10^9 STK.
    private static readonly Gen<Amount> Prices = Gen.Long[1, 1_000_000_000_000_000].Select(micro => new Amount(micro));

    private static readonly Gen<List<(string Role, int ShareBp)>> Splits = Gen.Int[1, 9_999].Array[0, 15].Select(cuts =>
    {
        int[] edges = [0, .. cuts.Distinct().Order(), 10_000];
        return edges.Zip(edges.Skip(1), (from, to) => to - from).Select((share, i) => ($"role{i}", share)).ToList();
    });

    [Fact]
    public void Parts_add_up_to_the_price_and_none_is_negative() =>
        Gen.Select(Prices, Splits).Sample((price, split) =>
        {
            var parts = PurchaseSplit.Of(
                price, split, split.ToDictionary(share => share.Role, share => "of " + share.Role), Nobody);
            Assert.Equal(price, Amount.Sum(parts!.Value.Select(part => part.Amount)));
            Assert.All(parts.Value, part => Assert.False(part.Amount.IsNegative));
            Assert.Equal(split.Select(share => share.Role), parts.Value.Select(part => part.Role));
        });

    [Theory]
    [InlineData(1, new long[] { 0, 0, 1 })]
    [InlineData(2, new long[] { 1, 0, 1 })]
    [InlineData(100, new long[] { 33, 33, 34 })]
    [InlineData(1_000_000_000_000_000, new long[] { 333_300_000_000_000, 333_300_000_000_000, 333_400_000_000_000 })]
    public void Thirds_are_exact_to_the_micro(long micro, long[] expected) => Assert.Equal(
        expected,
        PurchaseSplit.Of(
            new(micro), [("a", 3_333), ("b", 3_333), ("c", 3_334)],
            new Dictionary<string, string> { ["a"] = "ann", ["b"] = "bob", ["c"] = "cid" }, Nobody)!
            .Value.Select(part => part.Amount.Micro));

    [Fact]
    public void The_sources_mentor_gets_160_of_200_and_the_treasury_40()
    {
        var parts = PurchaseSplit.Of(
            Amount.OfStk(200), [("mentor", 8_000), ("treasury", 2_000)], Nobody,
            new Dictionary<string, string> { ["mentor"] = "mia" });

        Assert.Equal(
            [new("mentor", "mia", Amount.OfStk(160)), new SplitPart("treasury", null, Amount.OfStk(40))], parts!.Value.ToArray());
    }

    [Theory]
    [InlineData("mentor", "mia", null, null, true)]
    [InlineData("mentor", "mia", "mentor", "mia", true)]
    [InlineData("mentor", "mia", "mentor", "max", false)]
    [InlineData(null, null, "mentor", "max", true)]
    [InlineData(null, null, null, null, false)]
    [InlineData("mentor", "mia", "treasury", "mia", false)]
    [InlineData("mentor", "mia", "author", "ann", false)]
    public void A_role_is_whoever_is_set_or_else_whoever_is_chosen(
        string? setRole, string? setTo, string? chosenRole, string? chosen, bool isResolved)
    {
        var parts = PurchaseSplit.Of(
            Amount.OfStk(1), [("mentor", 8_000), ("treasury", 2_000)],
            setRole is null ? Nobody : new Dictionary<string, string> { [setRole] = setTo! },
            chosenRole is null ? Nobody : new Dictionary<string, string> { [chosenRole] = chosen! });

        Assert.Equal(isResolved, parts is not null);
    }
}

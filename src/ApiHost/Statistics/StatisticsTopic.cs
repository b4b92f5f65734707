using System.Collections.Immutable;
using Stk.ApiHost.OpenApi;
using Stk.Rules.Money;

namespace Stk.ApiHost.Statistics;

/// <summary>Supply, distribution, totals. What the topic brings beside its endpoints.</summary>
internal static class StatisticsTopic
{
    /// <summary>The heading in the API's description.</summary>
    public const string Tag = "Statistics";

    private static readonly ImmutableArray<FundItem> Funds =
    [
        new("rewards", Amount.OfStk(9_000_000)), new("treasury", Amount.OfStk(2_000_000)),
        new("startup", Amount.OfStk(1_500_000)), new("team", Amount.OfStk(1_500_000)),
        new("liquidity", Amount.OfStk(1_000_000)),
    ];

    private static readonly ImmutableSortedDictionary<string, long> Outcomes =
        ImmutableSortedDictionary<string, long>.Empty.Add("counted", 1_200).Add("over_limit", 85);

    public static Topic Topic => new(StatisticsJson.Default, new(Tag, "The economy as a whole."))
    {
        Examples =
        [
            new SupplyView(
                Sample.At.AddDays(-30), 0, Amount.OfStk(1_000_000_000), Amount.OfStk(84_931_506), Amount.OfStk(84_931_506),
                Amount.Zero, Funds, Amount.OfStk(60_000_000), Amount.OfStk(5_000_000), Amount.Zero, Amount.Zero, Amount.Zero,
                Amount.OfStk(60_000_000), new(2029, 11, 18), Sample.At),
            new DistributionView(
                Sample.At, Funds, 40,
                [new(Amount.Zero, Amount.OfStk(1_000), 25, 900), new(Amount.OfStk(1_000), null, 15, 9_100)],
                [new("k3q7x0ab", 1_250), new("9fd2m1ce", 1_100)], "0.4215"),
            new TotalsView(
                4, 40, Outcomes,
                ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, long>>.Empty.Add("club", Outcomes),
                Amount.OfStk(84_931_506), Amount.OfStk(36_000), Amount.OfStk(2_000), Funds, $"42:{new string('0', 63)}1"),
        ],
    };
}

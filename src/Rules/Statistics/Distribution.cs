using System.Collections.Immutable;
using System.Numerics;
using Stk.Rules.Money;

namespace Stk.Rules.Statistics;

/// <summary>How holdings are spread: classes by size, Gini, shares. Exact; no sum leaves it but in basis points.</summary>
/// <param name="Classes">Smallest first, each power of ten from 1 STK to a thousand million; empty ones too.</param>
/// <param name="GiniTenThousandths">0 where all have the same, towards 10,000 where one has all.</param>
public sealed record Distribution(long Holders, ImmutableArray<SizeClass> Classes, int GiniTenThousandths)
{
    /// <summary>The last class begins at 10^9 STK.</summary>
    private const int PowersOfTen = 10;

    /// <param name="holdings">Each above zero, in any order.</param>
    public static Distribution Of(IReadOnlyCollection<Amount> holdings)
    {
        ImmutableArray<Amount> sorted = [.. holdings.Order()];
        var total = sorted.Aggregate(Int128.Zero, (sum, holding) => sum + holding.Micro);
        return new(sorted.Length, ClassesOf(sorted, total), Gini(sorted, total));
    }

    /// <summary>A part of the whole, rounded half up. Unit: basis points.</summary>
    public static int ShareBp(Amount part, Int128 total) =>
        total == 0 ? 0 : (int)((((Int128)part.Micro * LargestRemainder.WholeBp * 2) + total) / (2 * total));

    private static ImmutableArray<SizeClass> ClassesOf(ImmutableArray<Amount> sorted, Int128 total)
    {
        var edges = new List<Amount> { Amount.Zero };
        for (var (edge, power) = (Amount.OfStk(1), 0); power < PowersOfTen; power++, edge = new(edge.Micro * 10))
        {
            edges.Add(edge);
        }

        var holders = new long[edges.Count];
        var sums = new long[edges.Count];
        foreach (var holding in sorted)
        {
            var place = edges.FindLastIndex(edge => edge <= holding);
            holders[place]++;
            sums[place] += holding.Micro;
        }

        var shares = total == 0
            ? [.. sums.Select(_ => Amount.Zero)]
            : LargestRemainder.Divide(new(LargestRemainder.WholeBp), sums);
        return
        [
            .. edges.Select((from, place) => new SizeClass(
                from, place + 1 < edges.Count ? edges[place + 1] : null, holders[place], (int)shares[place].Micro)),
        ];
    }

    // Of n holdings x1 <= x2 <= ...: (2 x sum(i x xi) - (n + 1) x sum(x)) / (n x sum(x)), rounded half up.
    private static int Gini(ImmutableArray<Amount> sorted, Int128 total)
    {
        if (total == 0)
        {
            return 0;
        }

        var ranked = BigInteger.Zero;
        for (var i = 0; i < sorted.Length; i++)
        {
            ranked += (BigInteger)(i + 1) * sorted[i].Micro;
        }

        var above = (2 * ranked) - ((BigInteger)(sorted.Length + 1) * (BigInteger)total);
        var below = (BigInteger)sorted.Length * (BigInteger)total;
        return (int)(((above * 20_000) + below) / (2 * below));
    }
}

/// <param name="From">Inclusive.</param>
/// <param name="Below">Exclusive; null for the last.</param>
/// <param name="ShareBp">Of all holdings; the classes' together 10,000.</param>
public readonly record struct SizeClass(Amount From, Amount? Below, long Holders, int ShareBp);

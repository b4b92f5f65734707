using System.Collections.Immutable;

namespace Stk.Rules.Money;

/// <summary>
/// Divides a whole into parts that add up to it, to the micro-STK: each part gets its floor, then what is left goes,
/// a micro each, to the largest remainders; ties to the earlier in the list.
/// </summary>
public static class LargestRemainder
{
    /// <summary>Basis points in a whole.</summary>
    public const int WholeBp = 10_000;

    /// <summary>Splits by shares that must sum to exactly 1.</summary>
    /// <param name="whole">At least zero.</param>
    /// <param name="sharesBp">Unit: basis points, none negative, together 10,000.</param>
    /// <exception cref="ArgumentException">The shares do not sum to 10,000, or one is negative.</exception>
    public static ImmutableArray<Amount> Split(Amount whole, ReadOnlySpan<int> sharesBp)
    {
        var sum = 0L;
        var weights = new long[sharesBp.Length];
        for (var i = 0; i < sharesBp.Length; i++)
        {
            weights[i] = sharesBp[i];
            sum += sharesBp[i];
        }

        if (sum != WholeBp)
        {
            throw new ArgumentException($"shares sum to {sum} basis points: they must sum to {WholeBp}", nameof(sharesBp));
        }

        return Divide(whole, weights);
    }

    /// <summary>Divides in proportion to weights of any sum above zero.</summary>
    /// <param name="whole">At least zero.</param>
    /// <param name="weights">None negative, at least one above zero.</param>
    /// <exception cref="ArgumentException">A weight is negative, or all are zero.</exception>
    public static ImmutableArray<Amount> Divide(Amount whole, ReadOnlySpan<long> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(whole.Micro);
        Int128 sum = 0;
        foreach (var weight in weights)
        {
            if (weight < 0)
            {
                throw new ArgumentException($"weight {weight} is negative", nameof(weights));
            }

            sum += weight;
        }

        if (sum == 0)
        {
            throw new ArgumentException("all weights are zero: nothing to divide by", nameof(weights));
        }

        var parts = new long[weights.Length];
        var remainders = new Int128[weights.Length];
        var left = whole.Micro;
        for (var i = 0; i < weights.Length; i++)
        {
            var (part, remainder) = Int128.DivRem((Int128)whole.Micro * weights[i], sum);
            parts[i] = (long)part;
            remainders[i] = remainder;
            left -= parts[i];
        }

        // Fewer micros are left than there are parts with a remainder. OrderByDescending is stable: ties to the earlier.
        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => remainders[i]).Take((int)left))
        {
            parts[i]++;
        }

        return [.. parts.Select(micro => new Amount(micro))];
    }
}

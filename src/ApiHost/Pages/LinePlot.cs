using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.Money;

namespace Stk.ApiHost.Pages;

/// <summary>
/// Where the points of a line stand, and the ticks beside it. Pure. The scale begins at zero and ends at a round number: a
/// line that has hardly changed looks so.
/// </summary>
/// <param name="Top">What the upper edge stands for.</param>
/// <param name="Points">As an SVG polyline has them.</param>
/// <param name="Last">Of the last point, from the top.</param>
public sealed record LinePlot(Amount Top, string Points, double Last)
{
    public const int Width = 320;
    public const int Height = 120;

    public static LinePlot Of(IReadOnlyList<Amount> values)
    {
        ArgumentOutOfRangeException.ThrowIfZero(values.Count, nameof(values));
        var top = RoundScale.Above(values.Max());
        double Y(Amount value) => Height - (Math.Max(0, value.Micro) * (double)Height / top.Micro);
        // One value is a line all the same: a point would not be seen.
        ImmutableArray<Amount> drawn = values.Count == 1 ? [values[0], values[0]] : [.. values];
        var step = (double)Width / (drawn.Length - 1);
        var points = drawn.Select((value, place) => string.Create(
            CultureInfo.InvariantCulture, $"{Math.Round(place * step, 1)},{Math.Round(Y(value), 1)}"));
        return new(top, string.Join(' ', points), Math.Round(Y(drawn[^1]), 1));
    }
}

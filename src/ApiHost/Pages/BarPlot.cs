using System.Collections.Immutable;
using System.Globalization;
using Stk.Rules.Money;

namespace Stk.ApiHost.Pages;

/// <summary>
/// Where the bars of a row of values stand, and which of them bear a label. Pure. A value that is not there has no bar: it
/// is no zero.
/// </summary>
/// <param name="Top">What the upper edge stands for.</param>
/// <param name="Width">Of all, in the units of the places.</param>
public sealed record BarPlot(Amount Top, int Width, ImmutableArray<BarPlot.Bar> Bars)
{
    public const int Height = 120;

    // Wide enough for a label of two digits every so many bars, at the least width there is.
    private const int BarWidth = 12;
    private const int Gap = 4;
    private const int LabelWidth = 32;
    private const int LeastWidth = 320;

    // A value a thousandth of the highest is still to be seen.
    private const double LeastHeight = 1.5;

    public static BarPlot Of(IReadOnlyList<(string Label, Amount? Value)> values)
    {
        var top = RoundScale.Above(values.Count == 0 ? Amount.Zero : values.Max(one => one.Value ?? Amount.Zero));
        var width = Math.Max(LeastWidth, values.Count * (BarWidth + Gap));
        var step = values.Count == 0 ? width : (double)width / values.Count;
        var every = Math.Max(1, (int)Math.Ceiling(LabelWidth / step));
        var bars = values.Select((one, place) =>
        {
            var height = one.Value is { } value && value > Amount.Zero
                ? Math.Max(LeastHeight, value.Micro * (double)Height / top.Micro)
                : 0;
            return new Bar(
                Text((place * step) + ((step - BarWidth) / 2)), Text(Height - height), Text(height),
                // Counted from the newest, which always has one.
                (values.Count - 1 - place) % every == 0 ? one.Label : null, Text((place + 0.5) * step), one.Value is null);
        });
        return new(top, width, [.. bars]);
    }

    private static string Text(double place) => Math.Round(place, 1).ToString(CultureInfo.InvariantCulture);

    /// <param name="X">Of its left edge.</param>
    /// <param name="Y">Of its upper edge, from the top.</param>
    /// <param name="Label">Null where it would run over its neighbour's.</param>
    /// <param name="Middle">Where the label stands.</param>
    /// <param name="IsMissing">Nothing is known of it: no zero.</param>
    public sealed record Bar(string X, string Y, string Height, string? Label, string Middle, bool IsMissing)
    {
        public static string Width => BarWidth.ToString(CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using Stk.ApiHost.Pages;
using Stk.Rules.Money;

namespace Stk.ApiHost.Tests.Pages;

public sealed class PlotTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(1_584, 2_000)]
    [InlineData(9_000_000_000, 10_000_000_000)]
    public void A_scale_ends_at_a_round_number_that_is_not_below(long stk, long top) =>
        Assert.Equal(Amount.OfStk(top), LinePlot.Of([Amount.OfStk(stk)]).Top);

    [Fact]
    public void A_line_stays_in_its_frame_and_keeps_the_order()
    {
        var plot = LinePlot.Of([Amount.Zero, Amount.OfStk(50), Amount.OfStk(100)]);

        Assert.Equal("0,120 160,60 320,0", plot.Points);
        Assert.Equal(0, plot.Last);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(12)]
    [InlineData(52)]
    [InlineData(1_000)]
    public void Labels_do_not_run_over_each_other_and_the_newest_has_one(int count)
    {
        var plot = BarPlot.Of(
        [
            .. Enumerable.Range(1, count)
                .Select(n => (n.ToString(CultureInfo.InvariantCulture), (Amount?)Amount.OfStk(n))),
        ]);

        Assert.Equal(count, plot.Bars.Length);
        Assert.NotNull(plot.Bars[^1].Label);
        var places = plot.Bars.Where(bar => bar.Label is not null)
            .Select(bar => double.Parse(bar.Middle, CultureInfo.InvariantCulture)).ToList();
        Assert.All(places.Zip(places.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 31.5));
        Assert.All(plot.Bars, bar => Assert.InRange(double.Parse(bar.Y, CultureInfo.InvariantCulture), 0, BarPlot.Height));
    }

    [Fact]
    public void A_value_a_thousandth_of_the_rest_is_seen_a_missing_one_is_no_zero_and_a_zero_no_bar()
    {
        var plot = BarPlot.Of([("1", Amount.OfStk(1)), ("2", null), ("3", Amount.Zero), ("4", Amount.OfStk(100_000))]);

        Assert.Equal("1.5", plot.Bars[0].Height);
        Assert.True(plot.Bars[1].IsMissing);
        Assert.Equal((false, "0"), (plot.Bars[2].IsMissing, plot.Bars[2].Height));
        Assert.Equal(120, double.Parse(plot.Bars[3].Height, CultureInfo.InvariantCulture));
        Assert.Empty(BarPlot.Of([]).Bars);
    }
}

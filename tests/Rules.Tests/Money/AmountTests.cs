using System.Text.Json;
using CsCheck;
using Stk.Rules.Money;

namespace Stk.Rules.Tests.Money;

public class AmountTests
{
    [Theory]
    [InlineData("0", 0)]
    [InlineData("1584", 1_584_000_000)]
    [InlineData("0.5", 500_000)]
    [InlineData("-0.000001", -1)]
    [InlineData("9223372036854.775807", long.MaxValue)]
    [InlineData("-9223372036854.775808", long.MinValue)]
    public void An_amount_has_one_shortest_form(string text, long micro)
    {
        Assert.Equal(text, new Amount(micro).ToString());
        Assert.True(Amount.TryParse(text, out var amount));
        Assert.Equal(micro, amount.Micro);
    }

    [Theory]
    [InlineData("1.500000", 1_500_000)]
    [InlineData("007", 7_000_000)]
    public void Longer_forms_of_an_amount_are_read(string text, long micro)
    {
        Assert.True(Amount.TryParse(text, out var amount));
        Assert.Equal(micro, amount.Micro);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("-0")]
    [InlineData("-0.000000")]
    [InlineData("+1")]
    [InlineData("--1")]
    [InlineData("1e3")]
    [InlineData("1,5")]
    [InlineData("1.5.0")]
    [InlineData(".5")]
    [InlineData("-.5")]
    [InlineData("5.")]
    [InlineData(".")]
    [InlineData("0.1234567")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("1\n")]
    [InlineData("1 000")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("１２")]
    [InlineData("٣")]
    [InlineData("1.٣")]
    [InlineData("9223372036854.775808")]
    [InlineData("-9223372036854.775809")]
    [InlineData("99999999999999999999999")]
    public void What_is_no_amount_is_refused(string text) => Assert.False(Amount.TryParse(text, out _));

    [Fact]
    public void Five_hundred_digits_are_refused() => Assert.False(Amount.TryParse(new string('9', 500), out _));

    [Fact]
    public void Printing_and_reading_gives_the_same_amount() =>
        Gen.Long.Sample(micro => Amount.TryParse(new Amount(micro).ToString(), out var back) && back.Micro == micro);

    [Fact]
    public void Sums_and_differences_do_not_wrap()
    {
        var most = new Amount(long.MaxValue);
        var least = new Amount(long.MinValue);
        Assert.Throws<OverflowException>(() => most + new Amount(1));
        Assert.Throws<OverflowException>(() => least - new Amount(1));
        Assert.Throws<OverflowException>(() => -least);
        Assert.Throws<OverflowException>(() => Amount.Sum([most, new Amount(1)]));
        Assert.Throws<OverflowException>(() => Amount.OfStk(long.MaxValue));
        Assert.Throws<OverflowException>(() => most.ScaledDown(2, 1));
    }

    [Fact]
    public void Scaling_down_goes_through_more_than_64_bits() =>
        Assert.Equal(long.MaxValue - 1, new Amount(long.MaxValue).ScaledDown(long.MaxValue - 1, long.MaxValue).Micro);

    [Fact]
    public void In_json_an_amount_is_a_string()
    {
        Assert.Equal("\"0.5\"", JsonSerializer.Serialize(new Amount(500_000)));
        Assert.Equal(new Amount(500_000), JsonSerializer.Deserialize<Amount>("\"0.5\""));
    }

    [Theory]
    [InlineData("0.5")]
    [InlineData("1584")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"\"")]
    [InlineData("\"1e3\"")]
    [InlineData("\"\\ud800\"")]
    public void Json_that_is_no_amount_is_refused_without_the_value(string json)
    {
        var refused = Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Amount>(json));
        Assert.Contains("an amount is a string", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("1e3", refused.Message, StringComparison.Ordinal);
    }
}

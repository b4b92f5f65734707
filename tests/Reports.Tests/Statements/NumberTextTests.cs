using Stk.Reports.Statements;
using Stk.Rules.Money;

namespace Stk.Reports.Tests.Statements;

public class NumberTextTests
{
    [Theory]
    [InlineData(0, "0", "0")]
    [InlineData(999_000_000, "999", "999")]
    [InlineData(1_584_000_000, "1\u00A0584", "1,584")]
    [InlineData(316_800_000, "316,8", "316.8")]
    [InlineData(1_234_567_890_123, "1\u00A0234\u00A0567,890123", "1,234,567.890123")]
    [InlineData(-1, "\u22120,000001", "\u22120.000001")]
    [InlineData(long.MinValue, "\u22129\u00A0223\u00A0372\u00A0036\u00A0854,775808", "\u22129,223,372,036,854.775808")]
    public void Thousands_are_grouped_and_every_decimal_is_there(long micro, string russian, string english)
    {
        Assert.Equal(russian, NumberText.Russian.Of(new Amount(micro)));
        Assert.Equal(english, NumberText.English.Of(new Amount(micro)));
    }

    [Theory]
    [InlineData(0, "0")]
    [InlineData(1_000, "+1\u00A0000")]
    [InlineData(-1_000, "\u22121\u00A0000")]
    public void A_change_has_its_sign(long change, string text) => Assert.Equal(text, NumberText.Russian.Change(change));
}

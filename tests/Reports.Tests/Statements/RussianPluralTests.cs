using System.Globalization;
using Stk.Reports.Statements;

namespace Stk.Reports.Tests.Statements;

public class RussianPluralTests
{
    [Theory]
    [InlineData("0", "баллов")]
    [InlineData("1", "балл")]
    [InlineData("2", "балла")]
    [InlineData("4", "балла")]
    [InlineData("5", "баллов")]
    [InlineData("11", "баллов")]
    [InlineData("12", "баллов")]
    [InlineData("14", "баллов")]
    [InlineData("21", "балл")]
    [InlineData("22", "балла")]
    [InlineData("111", "баллов")]
    [InlineData("112", "баллов")]
    [InlineData("121", "балл")]
    [InlineData("1000001", "балл")]
    [InlineData("-1", "балл")]
    [InlineData("1.5", "балла")]
    [InlineData("11.000001", "балла")]
    public void A_noun_follows_its_number(string number, string noun) => Assert.Equal(
        noun, RussianPlural.Of(decimal.Parse(number, CultureInfo.InvariantCulture), "балл", "балла", "баллов"));
}

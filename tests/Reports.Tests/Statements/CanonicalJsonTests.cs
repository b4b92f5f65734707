using System.Text;
using System.Text.Json;
using Stk.Reports.Statements;

namespace Stk.Reports.Tests.Statements;

public sealed class CanonicalJsonTests
{
    [Theory]
    [InlineData("""{ "b" : 1, "a" : [ true, null, {"z":"","y":-5} ] }""", """{"a":[true,null,{"y":-5,"z":""}],"b":1}""")]
    [InlineData("""{"Z":1,"a":2,"A":3}""", """{"A":3,"Z":1,"a":2}""")]
    [InlineData(""" "\u0061\/\u00e9\u20ac" """, "\"a/é€\"")]
    [InlineData(""" "\u000F\u000a\"\\\u007f\u2028" """, "\"\\u000f\\n\\\"\\\\\u007f\u2028\"")]
    [InlineData(""" "\ud83d\ude42" """, "\"\U0001F642\"")]
    [InlineData("9007199254740991", "9007199254740991")]
    public void It_has_one_form_whatever_wrote_it(string written, string canonical) =>
        Assert.Equal(canonical, Encoding.UTF8.GetString(CanonicalJson.Of(Encoding.UTF8.GetBytes(written))));

    [Theory]
    [InlineData("""{"a":1.5}""")]
    [InlineData("[1e400]")]
    [InlineData("9007199254740992")]
    public void A_number_that_readers_may_read_otherwise_is_refused(string written) =>
        Assert.Throws<InvalidDataException>(() => CanonicalJson.Of(Encoding.UTF8.GetBytes(written)));

    [Fact]
    public void What_is_no_JSON_is_refused() =>
        Assert.ThrowsAny<JsonException>(() => CanonicalJson.Of("{\"a\":"u8));
}

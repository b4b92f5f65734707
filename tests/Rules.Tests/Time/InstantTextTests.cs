using Stk.Rules.Time;
using Stk.Testing.Time;

namespace Stk.Rules.Tests.Time;

public class InstantTextTests
{
    public static TheoryData<string, DateTimeOffset> Good()
    {
        var lines = new TheoryData<string, DateTimeOffset>();
        foreach (var (text, at) in InstantForms.Good)
        {
            lines.Add(text, at);
        }

        return lines;
    }

    public static TheoryData<string> Bad() => [.. InstantForms.Bad];

    [Theory]
    [MemberData(nameof(Good))]
    public void An_instant_is_read_in_UTC_and_cut_to_microseconds(string text, DateTimeOffset at)
    {
        Assert.True(InstantText.TryParse(text, out var read));
        Assert.Equal((at, TimeSpan.Zero), (read, read.Offset));
    }

    [Theory]
    [MemberData(nameof(Bad))]
    public void What_is_no_instant_is_not_read(string text) => Assert.False(InstantText.TryParse(text, out _));
}

using Stk.Rules.Notices;

namespace Stk.Rules.Tests.Notices;

public sealed class UnsubscribeLinkTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Theory]
    [InlineData(1, NoticeKinds.Weekly, NoticeChannel.Email)]
    [InlineData(long.MaxValue, NoticeKinds.InactivityWarning, NoticeChannel.Discourse)]
    [InlineData(7, null, NoticeChannel.Webhook)]
    public void A_link_says_what_it_was_written_with(long participant, string? kind, NoticeChannel channel)
    {
        var link = new UnsubscribeLink(participant, kind, channel);

        Assert.Equal(link, UnsubscribeLink.Read(link.Write(Key), Key));
        Assert.Null(UnsubscribeLink.Read(link.Write(Key), new byte[32]));
        Assert.Matches("^[A-Za-z0-9_-]+$", link.Write(Key));
    }

    [Fact]
    public void No_altered_link_says_anything()
    {
        var good = new UnsubscribeLink(7, NoticeKinds.Weekly, NoticeChannel.Email).Write(Key);
        for (var place = 0; place < good.Length; place++)
        {
            var altered = good[..place] + (good[place] == 'A' ? 'B' : 'A') + good[(place + 1)..];
            Assert.True(UnsubscribeLink.Read(altered, Key) is null || place == good.Length - 1, altered);
        }

        foreach (var nothing in new[] { "", "A", good[..10], good + "AAAA", "%%%", new string('A', 10_000) })
        {
            Assert.Null(UnsubscribeLink.Read(nothing, Key));
        }
    }

    [Fact]
    public void A_link_of_a_kind_that_there_is_not_says_nothing() => Assert.Null(UnsubscribeLink.Read(
        new UnsubscribeLink(7, "no.such", NoticeChannel.Email).Write(Key), Key));
}

using Stk.Rules.Deliveries;

namespace Stk.Rules.Tests.Deliveries;

public sealed class AddressesAsWrittenTests
{
    [Theory]
    [InlineData("ann@example.org"), InlineData("a.n+n@sub.example.co"), InlineData("ann@xn--e1afmkfd.xn--p1ai")]
    public void An_address_of_mail_is_taken(string text) => Assert.Null(EmailAddress.Broken(text));

    [Theory]
    [InlineData(""), InlineData("ann"), InlineData("@example.org"), InlineData("ann@"), InlineData("ann@localhost")]
    [InlineData("ann@[127.0.0.1]"), InlineData("ann@127.0.0.1"), InlineData("\"ann\"@example.org")]
    [InlineData("Ann <ann@example.org>"), InlineData("ann@example.org\r\nBcc: bob@example.org")]
    [InlineData("ann@example.org,bob@example.org"), InlineData(".ann@example.org"), InlineData("an..n@example.org")]
    [InlineData("ann@-example.org"), InlineData("ann@example..org"), InlineData("энн@example.org")]
    [InlineData("ann @example.org"), InlineData("ann@bob@example.org")]
    public void What_is_no_plain_address_of_mail_is_not(string text) => Assert.NotNull(EmailAddress.Broken(text));

    [Theory]
    [InlineData("https://example.org/hook"), InlineData("https://hooks.example.org:8443/a?b=c")]
    [InlineData("https://пример.рф/"), InlineData("https://example.org:443")]
    [InlineData("https://example.org/a@b"), InlineData("https://1.example.org/")]
    public void An_address_of_the_internet_is_taken(string text) => Assert.Null(WebhookUrl.Broken(text));

    [Theory]
    [InlineData(""), InlineData("example.org"), InlineData("http://example.org/"), InlineData("ftp://example.org/")]
    [InlineData("https://example.org:22/"), InlineData("https://example.org:80/"), InlineData("https://example.org:1023/")]
    [InlineData("https://ann@example.org/"), InlineData("https://ann:secret@example.org/"), InlineData("https://@example.org/")]
    [InlineData("https://localhost/"), InlineData("https://a.localhost/"), InlineData("https://localhost./")]
    [InlineData("https://intranet/"), InlineData("https://printer.local/"), InlineData("https://db.internal/")]
    [InlineData("https://127.0.0.1/"), InlineData("https://8.8.8.8/"), InlineData("https://127.1/")]
    [InlineData("https://2130706433/"), InlineData("https://0x7f000001/"), InlineData("https://0x7f.0.0.1/")]
    [InlineData("https://0177.0.0.1/"), InlineData("https://[::1]/"), InlineData("https://[::ffff:127.0.0.1]/")]
    [InlineData("https://[2001:db8::1]/"), InlineData("https://127.0.0.1./"), InlineData("https://1.2.3.4.5/")]
    [InlineData("https://exa mple.org/"), InlineData("https://example.org\\@evil.example/"), InlineData("https:///hook")]
    [InlineData("https://example.org/#part"), InlineData("https://example.org/\r\nX: y")]
    public void What_is_none_as_it_is_written_is_not(string text) => Assert.NotNull(WebhookUrl.Broken(text));

    [Theory]
    [InlineData("https://127.0.0.1:8443/"), InlineData("https://localhost:8443/"), InlineData("https://[::1]:8443/")]
    public void In_development_an_address_nearby_is_for_the_list_to_judge(string text) =>
        Assert.Null(WebhookUrl.Broken(text, mayBeNear: true));
}

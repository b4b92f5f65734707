using Microsoft.Extensions.Options;
using MimeKit;
using Stk.Channels.Emails;
using Stk.Rules.Deliveries;
using Stk.Testing.Channels;

namespace Stk.Channels.Tests.Emails;

public sealed class EmailSenderTests : IDisposable
{
    private static readonly Guid Notice = new("1f9d3c1e-5a52-5f6e-9d51-3a3f1d0c7b11");

    private readonly LocalAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_letter_arrives_over_tls_with_an_id_of_its_notice_and_a_way_to_end_such_letters()
    {
        await using var sink = new SmtpSink(_authority.Server);
        using var sender = Sender(sink);

        Assert.Equal(new DeliveryAnswer.Delivered(), await sender.Send(Letter("Разморожено 5 STK"), default));

        var letter = Parse(Assert.Single(sink.Letters));
        Assert.Equal("Разморожено 5 STK", letter.Subject);
        Assert.Equal($"{Notice:D}@stk.example.org", letter.MessageId);
        Assert.Equal(("ann@example.org", "notices@stk.example.org"), (
            ((MailboxAddress)letter.To[0]).Address, ((MailboxAddress)letter.From[0]).Address));
        Assert.Equal("<https://stk.example.org/api/v1/unsubscribe/abc>", letter.Headers[HeaderId.ListUnsubscribe]);
        Assert.Equal("List-Unsubscribe=One-Click", letter.Headers[HeaderId.ListUnsubscribePost]);
        Assert.Equal("auto-generated", letter.Headers["Auto-Submitted"]);
        Assert.True(Assert.IsType<TextPart>(letter.Body).IsPlain);
    }

    [Fact]
    public async Task No_text_becomes_markup_a_header_or_another_recipient()
    {
        await using var sink = new SmtpSink(_authority.Server);
        using var sender = Sender(sink);
        const string Text = "<b>bold</b> {{name}} @all\r\n.\r\nBcc: eve@example.org\r\n[x](https://evil.example)\r\n";

        await sender.Send(
            Letter("a\r\nBcc: eve@example.org\r\n\r\n<script>") with { Text = Text }, CancellationToken.None);

        var letter = Parse(Assert.Single(sink.Letters));
        Assert.Equal("a  Bcc: eve@example.org    <script>", letter.Subject);
        Assert.Empty(letter.Bcc);
        Assert.Single(letter.To);
        Assert.Equal(Text.ReplaceLineEndings("\n").TrimEnd(), letter.TextBody?.ReplaceLineEndings("\n").TrimEnd());
    }

    [Fact]
    public async Task Nothing_is_said_to_a_server_that_has_no_tls_or_one_that_nobody_vouches_for()
    {
        await using var open = new SmtpSink(certificate: null);
        using var other = new LocalAuthority();
        await using var strange = new SmtpSink(other.Server);
        using (var sender = Sender(open))
        {
            Assert.Equal(new DeliveryAnswer.Failed("no-tls"), await sender.Send(Letter("a"), default));
        }

        using (var sender = Sender(strange))
        {
            Assert.Equal(new DeliveryAnswer.Failed("no-tls"), await sender.Send(Letter("a"), default));
        }

        Assert.Empty(open.Letters);
        Assert.Empty(strange.Letters);
    }

    [Theory]
    [InlineData("RCPT", "550 5.1.1 nobody here", "smtp-550", true)]
    [InlineData("RCPT", "450 4.2.1 later", "smtp-450", false)]
    [InlineData("RCPT", "552 5.2.2 full", "smtp-552", false)]
    [InlineData("MAIL", "550 5.7.1 who are you", "smtp-550", false)]
    [InlineData("DATA.", "554 5.7.1 not wanted", "smtp-554", true)]
    [InlineData("DATA.", "451 4.3.0 later", "smtp-451", false)]
    public async Task What_a_server_says_no_to_is_refused_where_it_is_of_whom_or_of_what(
        string command, string said, string reason, bool isRefused)
    {
        await using var sink = new SmtpSink(_authority.Server);
        sink.Says = line => line.StartsWith(command, StringComparison.Ordinal) ? said : null;
        using var sender = Sender(sink);

        Assert.Equal(
            isRefused ? new DeliveryAnswer.Refused(reason) : new DeliveryAnswer.Failed(reason),
            await sender.Send(Letter("a"), default));

        // The next letter is not the worse for it.
        sink.Says = _ => null;
        Assert.Equal(new DeliveryAnswer.Delivered(), await sender.Send(Letter("a"), default));
    }

    [Fact]
    public async Task A_connection_is_kept_and_one_that_has_ended_is_made_anew()
    {
        await using var sink = new SmtpSink(_authority.Server);
        using var sender = Sender(sink);
        await sender.Send(Letter("a"), default);
        await sender.Send(Letter("b"), default);
        Assert.Equal(1, sink.Connections);

        var isFirst = true;
        sink.HangsUp = _ => isFirst && !(isFirst = false);
        Assert.Equal(new DeliveryAnswer.Delivered(), await sender.Send(Letter("c"), default));

        Assert.Equal((2, 3), (sink.Connections, sink.Letters.Count));
    }

    [Fact]
    public async Task A_repeat_after_a_lost_answer_has_the_same_id()
    {
        await using var sink = new SmtpSink(_authority.Server);
        sink.HangsUp = line => line == "DATA.";
        using var sender = Sender(sink);
        Assert.IsType<DeliveryAnswer.Failed>(await sender.Send(Letter("a"), default));

        sink.HangsUp = _ => false;
        Assert.Equal(new DeliveryAnswer.Delivered(), await sender.Send(Letter("a") with { IsRepeat = true }, default));

        Assert.Single(sink.Letters.Select(letter => Parse(letter).MessageId).Distinct());
    }

    [Fact]
    public async Task Where_nobody_listens_there_is_no_connection()
    {
        var sink = new SmtpSink(_authority.Server);
        await sink.DisposeAsync();
        using var sender = Sender(sink);

        Assert.Equal(new DeliveryAnswer.Failed("no-connection"), await sender.Send(Letter("a"), default));
    }

    private EmailSender Sender(SmtpSink sink) => new(
        Options.Create(new EmailOptions
        {
            Host = "localhost",
            Port = sink.Port,
            From = "notices@stk.example.org",
            TrustedAuthority = _authority.Path,
        }),
        TimeProvider.System);

    private static OutgoingMessage Letter(string subject) =>
        new(Notice, "ann@example.org", subject, "Что-то произошло.\n", IsRepeat: false)
        {
            Unsubscribe = new("https://stk.example.org/api/v1/unsubscribe/abc"),
        };

    private static MimeMessage Parse(string letter)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(letter));
        return MimeMessage.Load(stream);
    }
}

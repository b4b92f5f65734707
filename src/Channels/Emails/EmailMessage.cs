using MimeKit;

namespace Stk.Channels.Emails;

/// <summary>A letter, in plain text alone: nothing in it can be markup, and no line of it a header.</summary>
internal static class EmailMessage
{
    private const int SubjectMax = 200;

    /// <param name="now">By the host's clock.</param>
    public static MimeMessage Of(OutgoingMessage message, string from, string fromName, DateTimeOffset now)
    {
        var letter = new MimeMessage();
        letter.From.Add(new MailboxAddress(OneLine.Of(fromName, SubjectMax), from));
        letter.To.Add(new MailboxAddress("", message.Address));
        letter.Subject = OneLine.Of(message.Subject, SubjectMax);
        letter.Date = now;
        // A repeat has the same one: whoever has both keeps one.
        letter.MessageId = $"{message.Id:D}@{from[(from.LastIndexOf('@') + 1)..]}";
        letter.Headers.Add("Auto-Submitted", "auto-generated");
        letter.Headers.Add(HeaderId.ContentLanguage, message.Language);
        if (message.Unsubscribe is { } unsubscribe)
        {
            // RFC 8058: by one POST, which nobody but who was asked makes.
            letter.Headers.Add(HeaderId.ListUnsubscribe, $"<{unsubscribe.AbsoluteUri}>");
            letter.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        }

        letter.Body = new TextPart("plain")
        {
            Text = message.Text,
            ContentTransferEncoding = ContentEncoding.QuotedPrintable,
        };
        return letter;
    }
}

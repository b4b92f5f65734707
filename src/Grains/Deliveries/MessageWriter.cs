using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Stk.Channels;
using Stk.Reports.Notices;
using Stk.Rules.Notices;

namespace Stk.Grains.Deliveries;

/// <summary>What is sent of a notice, or of some together.</summary>
internal sealed class MessageWriter(INoticeTexts texts, IUnsubscribeLinks links, IOptions<DeliveryOptions> options)
{
    private const string Russian = "ru";
    private const string Rule = "\n\n----------\n\n";

    /// <param name="gathered">What else is in the digest.</param>
    /// <exception cref="InvalidDataException">There are no words for it.</exception>
    public async ValueTask<OutgoingMessage> Write(
        ClaimedDelivery claimed, DeliveryAddress address, ImmutableArray<DeliveredNotice> gathered,
        CancellationToken cancellation)
    {
        var isRepeat = claimed.Attempts > 1;
        if (claimed.Channel == NoticeChannel.Webhook)
        {
            // A program reads it: it has no use for words.
            return new(claimed.Notice, address.Address, "", "", isRepeat)
            {
                Language = claimed.Language,
                Body = Body(claimed.Told),
                Secrets = address.Secrets,
            };
        }

        var text = claimed switch
        {
            { Told.Kind: NoticeKinds.AddressConfirm } => Confirmation(claimed, address),
            { IsDigest: true } when !gathered.IsEmpty => Digest([claimed.Told, .. gathered], claimed),
            _ => texts.Render(claimed.Told.Kind, claimed.Language, claimed.Told.Values, claimed.Channel),
        };
        return new(claimed.Notice, address.Address, text.Subject, text.Text, isRepeat)
        {
            Language = claimed.Language,
            Unsubscribe = await links.Of(claimed.Participant, claimed.Told.Kind, claimed.Channel, cancellation),
        };
    }

    private NoticeText Digest(ImmutableArray<DeliveredNotice> notices, ClaimedDelivery claimed)
    {
        var parts = notices.OrderBy(notice => notice.At)
            .Select(notice => texts.Render(notice.Kind, claimed.Language, notice.Values, claimed.Channel))
            .Select(text => $"{text.Subject}\n\n{text.Text.Trim()}");
        return new(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{(claimed.Language == Russian ? "STK: новых сообщений" : "STK: new messages")}: {notices.Length}"),
            string.Join(Rule, parts));
    }

    private NoticeText Confirmation(ClaimedDelivery claimed, DeliveryAddress address)
    {
        if (options.Value.PublicUrl is not { } begin || address.ConfirmToken is not { } token)
        {
            throw new InvalidDataException("there is no link to open");
        }

        var link = new Uri(begin, $"notices/confirm/{token}").AbsoluteUri;
        return claimed.Language == Russian
            ? new(
                "STK: подтвердите адрес",
                $"Этот адрес указан для сообщений о STK. Чтобы получать их, откройте ссылку:\n\n{link}\n\n"
                + "Если это были не вы, ничего не делайте: без подтверждения мы больше не напишем.\n")
            : new(
                "STK: confirm your address",
                $"This address was given for messages about STK. Open the link to get them:\n\n{link}\n\n"
                + "If it was not you, do nothing: without it we will not write again.\n");
    }

    // As the API shows it: https://www.standardwebhooks.com has these three members.
    private static byte[] Body(DeliveredNotice told)
    {
        using var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteString("type", told.Kind);
            json.WriteString("timestamp", told.At.UtcDateTime);
            json.WritePropertyName("data");
            json.WriteRawValue(Encoding.UTF8.GetBytes(told.Values));
            json.WriteEndObject();
        }

        return body.ToArray();
    }
}

using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Npgsql;
using Stk.Channels;
using Stk.Channels.Webhooks;
using Stk.GrainInterfaces.Deliveries;
using Stk.Grains.Notices;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;
using Stk.Rules.Time;

namespace Stk.Grains.Deliveries;

/// <inheritdoc cref="IAddressesGrain"/>
/// <remarks>It remembers nothing: all is asked of the database.</remarks>
internal sealed class AddressesGrain(
    AddressTable table, IEnumerable<IChannelSender> senders, IOptions<DeliveryOptions> options, IClock clock,
    TimeProvider time) : Grain, IAddressesGrain
{
    private static readonly TimeSpan ConfirmWithin = TimeSpan.FromDays(3);
    private static readonly TimeSpan PreviousSecretFor = TimeSpan.FromDays(1);
    private const int ConfirmationsPerDay = 5;
    private const int TokenBytes = 24;

    /// <summary>Whether a text can be a token that was sent.</summary>
    public static bool IsToken(string text) =>
        text.Length == 2 * TokenBytes && text.All(char.IsAsciiHexDigitLower);

    public async Task<AddressesView> Get(CancellationToken cancellation)
    {
        var number = await table.FindNumber(this.GetPrimaryKeyString(), cancellation);
        return new(number is { } found ? [.. (await table.Read(found, cancellation)).Select(stored => stored.View)] : []);
    }

    public async Task<SetAddressReply> Set(SetAddressRequest request, CancellationToken cancellation)
    {
        if (await table.FindNumber(this.GetPrimaryKeyString(), cancellation) is not { } number)
        {
            return new SetAddressReply.Unknown();
        }

        var stored = (await table.Read(number, cancellation)).FirstOrDefault(one => one.View.Channel == request.Channel);
        if (request.Address is not { } address)
        {
            if (stored is not null)
            {
                await table.Run(AddressTable.Remove(number, request.Channel), Changed(number, request.Channel));
            }

            return new SetAddressReply.Done(null, Secret: null);
        }

        if (stored is { View: { IsOff: false } same } && same.Address == address && (same.IsConfirmed || !request.IsAgain))
        {
            return new SetAddressReply.Done(same, Secret: null);
        }

        return request.Channel == NoticeChannel.Webhook
            ? await SetWebhook(number, address, stored is { HasSecret: true })
            : await SetToConfirm(number, request, address, stored?.View, cancellation);
    }

    public async Task<string?> ChangeSecret(CancellationToken cancellation)
    {
        var secret = WebhookSecret.New();
        return await table.FindNumber(this.GetPrimaryKeyString(), cancellation) is { } number
            && await table.ChangeSecret(number, secret, time.GetUtcNow() + PreviousSecretFor)
                ? WebhookSecret.Text(secret)
                : null;
    }

    private async Task<SetAddressReply> SetWebhook(long number, string address, bool hasSecret)
    {
        var secret = WebhookSecret.New();
        await table.Run(
            AddressTable.Set(
                number, NoticeChannel.Webhook, address, clock.Now.InWholeMicroseconds(), confirmToken: null,
                confirmTo: null, secret),
            Changed(number, NoticeChannel.Webhook));
        return new SetAddressReply.Done(
            new(NoticeChannel.Webhook, address, IsConfirmed: true, IsOff: false, FailuresInRow: 0),
            hasSecret ? null : WebhookSecret.Text(secret));
    }

    // The link goes to the address itself: whoever opens it reads what is sent there.
    private async Task<SetAddressReply> SetToConfirm(
        long number, SetAddressRequest request, string address, AddressView? stored, CancellationToken cancellation)
    {
        if (options.Value.PublicUrl is null
            || !senders.Any(sender => sender.Channel == request.Channel && sender.IsConfigured))
        {
            return new SetAddressReply.NotOffered();
        }

        var at = clock.Now.InWholeMicroseconds();
        if (await table.CountAsked(number, at.AddDays(-1), cancellation) >= ConfirmationsPerDay)
        {
            return new SetAddressReply.TooMany();
        }

        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes));
        var notice = new Notice(
            NoticeIds.Of(NoticeKinds.AddressConfirm, token), number, NoticeKinds.AddressConfirm,
            Notice.Json(new { channel = request.Channel.WireName() }));
        var confirmTo = (time.GetUtcNow() + ConfirmWithin).ToUniversalTime().InWholeMicroseconds();
        var isSame = stored is { IsOff: false } && stored.Address == address;
        await table.Run([
            .. isSame
                ? (NpgsqlBatchCommand[])[AddressTable.AskAgain(number, request.Channel, address, token, confirmTo)]
                : [
                    AddressTable.Set(number, request.Channel, address, at, token, confirmTo, secret: null),
                    Changed(number, request.Channel),
                ],
            NoticeTable.Insert([notice], at, [null]),
            PlanningTable.Insert([
                new(
                    new(notice.Id, number, notice.Kind, at, notice.Values, [request.Channel]), request.Channel, at,
                    DeliveryRank.Urgent, IsDigest: false, request.Language),
            ]),
        ]);
        return new SetAddressReply.Done(
            new(
                request.Channel, address, IsConfirmed: false, IsOff: false, isSame ? stored!.FailuresInRow : 0, confirmTo),
            Secret: null);
    }

    // Told by the other channels too: whoever has changed it may not be its owner.
    private NpgsqlBatchCommand Changed(long number, NoticeChannel channel) => NoticeTable.Insert(
        [
            Notice.Of(
                NoticeKinds.AddressChanged, number, new { channel = channel.WireName() }, Guid.CreateVersion7().ToString()),
        ],
        clock.Now.InWholeMicroseconds(), [null]);
}

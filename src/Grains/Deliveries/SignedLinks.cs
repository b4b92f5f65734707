using Microsoft.Extensions.Options;
using Stk.Grains.Notices;
using Stk.Rules.Notices;

namespace Stk.Grains.Deliveries;

/// <summary>Links that end a kind on a channel, signed, so that nobody makes one for somebody else.</summary>
internal sealed class SignedLinks(LinkKey key, IOptions<DeliveryOptions> options) : IUnsubscribeLinks
{
    public async ValueTask<Uri?> Of(
        long participant, string kind, NoticeChannel channel, CancellationToken cancellation) =>
        options.Value.PublicUrl is { } begin && NoticeKinds.Find(kind) is { IsOfChannels: false }
            ? new(begin, $"unsubscribe/{new UnsubscribeLink(participant, kind, channel).Write(await key.Get(cancellation))}")
            : null;
}

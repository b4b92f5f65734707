using Stk.Rules.Notices;

namespace Stk.Grains.Deliveries;

/// <summary>Where a kind can be had no more on a channel, without signing in.</summary>
internal interface IUnsubscribeLinks
{
    /// <summary>Null where it is always sent, or where nobody knows how this economy is reached from outside.</summary>
    ValueTask<Uri?> Of(long participant, string kind, NoticeChannel channel, CancellationToken cancellation);
}

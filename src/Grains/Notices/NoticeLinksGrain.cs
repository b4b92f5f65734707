using Orleans.Concurrency;
using Stk.GrainInterfaces.Notices;
using Stk.Rules.Notices;
using Stk.Rules.Time;

namespace Stk.Grains.Notices;

/// <inheritdoc cref="INoticeLinksGrain"/>
[StatelessWorker]
internal sealed class NoticeLinksGrain(PreferenceTable preferences, LinkKey key, IClock clock) : Grain, INoticeLinksGrain
{
    public async Task<LinkedNotices?> Find(string link, CancellationToken cancellation)
    {
        if (UnsubscribeLink.Read(link, await key.Get(cancellation)) is not { } about)
        {
            return null;
        }

        var chosen = await preferences.Read(about.Participant, cancellation);
        return new(about.Kind, about.Channel.WireName(), chosen.Language.WireName());
    }

    public async Task<LinkedNotices?> Unsubscribe(string link, CancellationToken cancellation)
    {
        if (UnsubscribeLink.Read(link, await key.Get(cancellation)) is not { } about)
        {
            return null;
        }

        var chosen = await preferences.Read(about.Participant, cancellation);
        if (chosen.IsToldBy(about.Kind, about.Channel))
        {
            await preferences.Write(
                about.Participant, chosen.Without(about.Kind, about.Channel), clock.Now, cancellation);
        }

        return new(about.Kind, about.Channel.WireName(), chosen.Language.WireName());
    }
}

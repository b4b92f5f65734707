using System.Collections.Immutable;
using Orleans.Concurrency;
using Stk.GrainInterfaces.Notices;
using Stk.Rules.Notices;
using Stk.Rules.Time;

namespace Stk.Grains.Notices;

/// <inheritdoc cref="INoticesGrain"/>
[StatelessWorker]
internal sealed class NoticesGrain(NoticeTable notices, Inbox inbox, PreferenceTable preferences, IClock clock)
    : Grain, INoticesGrain
{
    private const int MinutesAnHour = 60;

    private string Id => this.GetPrimaryKeyString();

    public async Task<InboxPage> List(ListNotices request, CancellationToken cancellation) =>
        await inbox.Read(Id, await notices.FindNumber(Id, cancellation), request, cancellation);

    public async Task<InboxState> GetState(CancellationToken cancellation) =>
        await notices.FindNumber(Id, cancellation) is { } number
            ? await notices.ReadState(number, cancellation)
            : new(0, null);

    public async Task<bool> Read(Guid notice, CancellationToken cancellation) =>
        await notices.FindNumber(Id, cancellation) is { } number
        && await notices.Mark(number, notice, clock.Now, cancellation);

    public async Task<bool> ReadThrough(Guid notice, CancellationToken cancellation) =>
        await notices.FindNumber(Id, cancellation) is { } number
        && await notices.MarkThrough(number, notice, clock.Now, cancellation);

    public async Task<NoticeChoices> GetPreferences(CancellationToken cancellation) => Choices(await Chosen(cancellation));

    public async Task<NoticeChoices?> SetPreferences(NoticeChoices choices, CancellationToken cancellation)
    {
        if (await notices.FindNumber(Id, cancellation) is not { } number)
        {
            return null;
        }

        await preferences.Write(number, Of(choices), clock.Now, cancellation);
        return Choices(await preferences.Read(number, cancellation));
    }

    public async Task<string> GetLanguage(CancellationToken cancellation) =>
        (await Chosen(cancellation)).Language.WireName();

    private async Task<NoticePreferences> Chosen(CancellationToken cancellation) =>
        await notices.FindNumber(Id, cancellation) is { } number
            ? await preferences.Read(number, cancellation)
            : NoticePreferences.Default;

    // The API host has read the words; another word than these is a fault of its.
    private static NoticePreferences Of(NoticeChoices choices) =>
        new(
            NoticeLanguages.All.First(language => language.WireName() == choices.Language),
            choices.Zone,
            choices is { QuietFrom: { } from, QuietTo: { } to } ? new(Time(from), Time(to)) : null,
            NoticeDigests.All.First(digest => digest.WireName() == choices.Digest))
        {
            Kinds = choices.Kinds.ToImmutableSortedDictionary(
                kind => kind.Key,
                kind => kind.Value.Select(NoticeChannels.Find).OfType<NoticeChannel>().ToImmutableArray(),
                StringComparer.Ordinal),
        };

    private static NoticeChoices Choices(NoticePreferences chosen) => new(
        chosen.Language.WireName(), chosen.Zone, Minutes(chosen.Quiet?.From), Minutes(chosen.Quiet?.To),
        chosen.Digest.WireName(),
        NoticeKinds.Choosable.ToImmutableDictionary(
            kind => kind.Name,
            kind => chosen.ChannelsOf(kind.Name).Select(channel => channel.WireName()).ToImmutableArray(),
            StringComparer.Ordinal));

    private static TimeOnly Time(int minutes) => new(minutes / MinutesAnHour, minutes % MinutesAnHour);

    private static int? Minutes(TimeOnly? time) => time is { } at ? (at.Hour * MinutesAnHour) + at.Minute : null;
}

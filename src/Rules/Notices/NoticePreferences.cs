using System.Collections.Immutable;

namespace Stk.Rules.Notices;

/// <summary>How a person wants to be told of things.</summary>
/// <param name="Zone">Of the IANA's list: <see cref="NoticeZones"/>.</param>
/// <param name="Quiet">Null: never.</param>
public sealed record NoticePreferences(
    NoticeLanguage Language, string Zone, QuietHours? Quiet, NoticeDigest Digest)
{
    /// <summary>Of who has chosen nothing.</summary>
    public static readonly NoticePreferences Default =
        new(NoticeLanguage.Russian, NoticeZones.Default, QuietHours.Default, NoticeDigest.Immediate);

    /// <summary>The channels of kinds for which the person has chosen them.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<NoticeChannel>> Kinds { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<NoticeChannel>>(StringComparer.Ordinal);

    /// <summary>
    /// By which channels a kind is told, where they reach the person: all, until another choice is made. Messages of weeks
    /// to the forum are off until chosen: it takes one a second, and there are as many as people.
    /// </summary>
    public ImmutableArray<NoticeChannel> ChannelsOf(string kind) =>
        Kinds.TryGetValue(kind, out var chosen) ? chosen
        : kind == NoticeKinds.Weekly ? [NoticeChannel.Email, NoticeChannel.Webhook]
        : NoticeChannels.All;

    /// <summary>Whether a kind, or any where it is null, is told by a channel, where it reaches the person.</summary>
    public bool IsToldBy(string? kind, NoticeChannel channel) =>
        NoticeKinds.Choosable.Any(known => (kind is null || known.Name == kind) && ChannelsOf(known.Name).Contains(channel));

    /// <summary>The same, where a kind is not told by a channel any more; <paramref name="kind"/> null: no kind.</summary>
    public NoticePreferences Without(string? kind, NoticeChannel channel) => this with
    {
        Kinds = Kinds.SetItems(NoticeKinds.Choosable.Select(known => known.Name)
            .Where(name => kind is null || name == kind)
            .Select(name => KeyValuePair.Create(name, ChannelsOf(name).Remove(channel)))),
    };
}

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

    /// <summary>Where e-mail goes; null: nowhere.</summary>
    public string? Email { get; init; }

    /// <summary>Whether its owner has opened the link that was sent there: before that it does not count.</summary>
    public bool IsEmailConfirmed { get; init; }

    /// <summary>The name in the forum; null: no messages.</summary>
    public string? Discourse { get; init; }

    /// <summary>The address of a webhook; null: none.</summary>
    public string? Webhook { get; init; }

    /// <summary>The channels of kinds for which the person has chosen them.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<NoticeChannel>> Kinds { get; init; } =
        ImmutableSortedDictionary.Create<string, ImmutableArray<NoticeChannel>>(StringComparer.Ordinal);

    /// <summary>
    /// By which channels a kind is told, where there is an address: all, until another choice is made. Messages of weeks to
    /// the forum are off until chosen: it takes one a second, and there are as many as people.
    /// </summary>
    public ImmutableArray<NoticeChannel> ChannelsOf(string kind) =>
        Kinds.TryGetValue(kind, out var chosen) ? chosen
        : kind == NoticeKinds.Weekly ? [NoticeChannel.Email, NoticeChannel.Webhook]
        : NoticeChannels.All;

    /// <summary>Null where there is none; one that does not count yet is one.</summary>
    public string? AddressOf(NoticeChannel channel) => channel switch
    {
        NoticeChannel.Email => Email,
        NoticeChannel.Discourse => Discourse,
        NoticeChannel.Webhook => Webhook,
        _ => null,
    };

    /// <summary>Whether there is an address that counts.</summary>
    public bool HasAddress(NoticeChannel channel) =>
        AddressOf(channel) is not null && (channel != NoticeChannel.Email || IsEmailConfirmed);

    /// <summary>Whether a kind, or any where it is null, is told by a channel once that has an address.</summary>
    public bool IsToldBy(string? kind, NoticeChannel channel) =>
        NoticeKinds.All.Any(known => (kind is null || known.Name == kind) && ChannelsOf(known.Name).Contains(channel));

    /// <summary>The same, where a kind is not told by a channel any more; <paramref name="kind"/> null: no kind.</summary>
    public NoticePreferences Without(string? kind, NoticeChannel channel) => this with
    {
        Kinds = Kinds.SetItems(NoticeKinds.All.Select(known => known.Name)
            .Where(name => kind is null || name == kind)
            .Select(name => KeyValuePair.Create(name, ChannelsOf(name).Remove(channel)))),
    };
}

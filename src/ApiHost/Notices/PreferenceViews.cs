using System.Collections.Immutable;

namespace Stk.ApiHost.Notices;

/// <summary>How a participant wants to be told of things.</summary>
/// <param name="Lang">ru or en.</param>
/// <param name="Zone">A time zone of the IANA's list.</param>
/// <param name="Quiet">When nothing is sent, by the zone's clock; null: never.</param>
/// <param name="Digest">immediate, daily or weekly.</param>
/// <param name="Kinds">By kind, the channels that tell it beside the inbox.</param>
internal sealed record PreferencesView(
    string Lang, string Zone, QuietView? Quiet, string Digest, ChosenChannels Channels,
    ImmutableSortedDictionary<string, ImmutableArray<string>> Kinds);

/// <param name="From">The first quiet minute, 22:00.</param>
/// <param name="To">The first minute that is not quiet any more, 08:00.</param>
internal sealed record QuietView(string From, string To);

/// <summary>Where it is told; null where there is no address.</summary>
internal sealed record ChosenChannels(ChosenEmail? Email, ChosenDiscourse? Discourse, ChosenWebhook? Webhook);

/// <param name="Confirmed">Whether the link that was sent there has been opened: before that it does not count.</param>
/// <param name="Off">It has refused for weeks: nothing is sent until it is set again.</param>
/// <param name="ConfirmBy">Until when that link is good; behind it another is asked for. Null: it is confirmed.</param>
internal sealed record ChosenEmail(
    string Address, bool Confirmed = false, bool Off = false, DateTimeOffset? ConfirmBy = null);

/// <inheritdoc cref="ChosenEmail"/>
internal sealed record ChosenDiscourse(
    string Username, bool Confirmed = false, bool Off = false, DateTimeOffset? ConfirmBy = null);

/// <param name="Off">It has refused for weeks: nothing is sent until it is set again.</param>
/// <param name="Secret">What its requests are signed with, whsec_...: of a new one, shown this once; else null.</param>
internal sealed record ChosenWebhook(string Url, bool Off = false, string? Secret = null);

/// <summary>The choices, in place of those before.</summary>
/// <param name="Lang">ru (absent) or en.</param>
/// <param name="Zone">A time zone of the IANA's list; absent: Europe/Moscow.</param>
/// <param name="Quiet">Absent: 22:00 to 08:00; null: never.</param>
/// <param name="Digest">immediate (absent), daily or weekly.</param>
/// <param name="Channels">Addresses: what is absent stays, null removes one.</param>
/// <param name="Kinds">By kind, its channels; a kind that is absent has its default.</param>
internal sealed record PreferencesBody(
    string? Lang = null, string? Zone = null, QuietView? Quiet = null, string? Digest = null,
    ChosenChannels? Channels = null, ImmutableSortedDictionary<string, ImmutableArray<string>>? Kinds = null);

/// <param name="Secret">What the webhook's requests are signed with from now on, whsec_...: shown this once.</param>
internal sealed record WebhookSecretView(string Secret);

using System.Collections.Immutable;
using System.Text.Json;

namespace Stk.Rules.Notices;

/// <param name="DueAt">The first instant at which it may be told there.</param>
public readonly record struct NoticeRoute(NoticeChannel Channel, DateTimeOffset DueAt);

/// <summary>Where and when a notice is told beside the inbox. Pure.</summary>
public static class NoticeRoutes
{
    // Of a warning: what may still be done is done within these.
    private const int UrgentDays = 3;

    /// <summary>Whether a notice waits for nothing: for no quiet hours, and for no digest.</summary>
    public static bool IsUrgent(string kind, JsonElement values) => kind switch
    {
        NoticeKinds.AddressChanged => true,
        NoticeKinds.InactivityWarning => values.ValueKind == JsonValueKind.Object
            && values.TryGetProperty("daysBefore", out var days) && days.ValueKind == JsonValueKind.Number
            && days.TryGetInt32(out var left) && left <= UrgentDays,
        _ => false,
    };

    /// <summary>The channels that its person has chosen, of those that reach it, each with its time.</summary>
    /// <param name="reachable">Those that the person has an address of that counts.</param>
    /// <param name="at">When there was something to tell, by the economy's clock.</param>
    public static ImmutableArray<NoticeRoute> Of(
        string kind, bool isUrgent, NoticePreferences preferences, IReadOnlyCollection<NoticeChannel> reachable,
        DateTimeOffset at)
    {
        var zone = NoticeZones.Find(preferences.Zone);
        return
        [
            .. preferences.ChannelsOf(kind).Intersect(reachable).Order()
                .Select(channel => new NoticeRoute(
                    channel, isUrgent ? at : DueAt(channel, preferences, zone, at))),
        ];
    }

    // A program reads each webhook by itself: nothing of it is gathered.
    private static DateTimeOffset DueAt(
        NoticeChannel channel, NoticePreferences preferences, TimeZoneInfo zone, DateTimeOffset at)
    {
        var gathered = channel == NoticeChannel.Webhook ? at : preferences.Digest.Next(at, zone);
        return preferences.Quiet is { } quiet ? quiet.EndAfter(gathered, zone) : gathered;
    }
}

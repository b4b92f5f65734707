using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using Stk.Grains.Notices;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;
using Stk.Storage.Sql;

namespace Stk.Grains.Deliveries;

/// <summary>Where and when people are told, as each has chosen.</summary>
internal sealed class PreferencePlan(NpgsqlDataSource database) : IDeliveryPlan
{
    private const string ReadSql = """
        SELECT participant, language, zone, quiet_from, quiet_to, digest, kinds::text FROM notices.preferences
        WHERE participant = ANY($1)
        """;

    public async Task<ImmutableArray<PlannedDelivery>> Plan(
        ImmutableArray<UnplannedNotice> notices, CancellationToken cancellation)
    {
        var chosen = await Read([.. notices.Select(notice => notice.Participant).Distinct()], cancellation);
        return
        [
            .. notices.SelectMany(
                notice => Plan(notice, chosen.GetValueOrDefault(notice.Participant) ?? NoticePreferences.Default)),
        ];
    }

    private static IEnumerable<PlannedDelivery> Plan(UnplannedNotice notice, NoticePreferences preferences)
    {
        using var values = JsonDocument.Parse(notice.Values);
        var isUrgent = NoticeRoutes.IsUrgent(notice.Kind, values.RootElement);
        var rank = isUrgent ? DeliveryRank.Urgent
            : notice.Kind == NoticeKinds.Weekly ? DeliveryRank.Weekly
            : DeliveryRank.Ordinary;
        // A program reads each webhook by itself: nothing of it is gathered.
        var isGathered = !isUrgent && preferences.Digest != NoticeDigest.Immediate;
        return NoticeRoutes.Of(notice.Kind, isUrgent, preferences, notice.Channels, notice.At)
            .Select(route => new PlannedDelivery(
                notice, route.Channel, route.DueAt, rank, isGathered && route.Channel != NoticeChannel.Webhook,
                preferences.Language.WireName()));
    }

    private async Task<Dictionary<long, NoticePreferences>> Read(long[] participants, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql).With(participants);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var chosen = new Dictionary<long, NoticePreferences>();
        while (await row.ReadAsync(cancellation))
        {
            chosen.Add(row.GetInt64(0), PreferenceTable.Of(row, first: 1));
        }

        return chosen;
    }
}

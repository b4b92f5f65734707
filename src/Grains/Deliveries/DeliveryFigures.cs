using System.Collections.Immutable;
using Npgsql;
using Stk.Rules.Notices;
using Stk.Storage.Sql;

namespace Stk.Grains.Deliveries;

/// <summary>How each channel stands. It is read from indexes alone.</summary>
internal sealed class DeliveryFigures(NpgsqlDataSource database, TimeProvider time)
{
    private const string ReadSql = """
        SELECT channel.channel,
            coalesce((
                SELECT is_paused FROM notices.pauses WHERE pauses.channel = channel.channel
                ORDER BY number DESC LIMIT 1), false),
            waiting.waiting, waiting.due, waiting.oldest,
            (SELECT count(*) FROM notices.deliveries dead WHERE dead.channel = channel.channel AND dead.state = 3),
            ended.delivered, ended.gathered, ended.given_up
        FROM notices.channels channel
        CROSS JOIN LATERAL (
            SELECT count(*) AS waiting, count(*) FILTER (WHERE due <= $1) AS due, min(due) FILTER (WHERE due <= $1) AS oldest
            FROM notices.deliveries delivery WHERE delivery.channel = channel.channel AND delivery.state = 1) AS waiting
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE state = 2) AS delivered, count(*) FILTER (WHERE state = 5) AS gathered,
                count(*) FILTER (WHERE state = 4) AS given_up
            FROM notices.deliveries delivery
            WHERE delivery.channel = channel.channel AND delivery.state <> 1 AND delivery.ended_at > $2) AS ended
        ORDER BY channel.channel
        """;

    /// <summary>In the order of the channels.</summary>
    /// <param name="economy">By the economy's clock.</param>
    public async Task<ImmutableArray<ChannelCounts>> Read(DateTimeOffset economy, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(ReadSql)
            .With(economy.UtcDateTime).With(time.GetUtcNow().AddDays(-1).UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var counts = ImmutableArray.CreateBuilder<ChannelCounts>();
        while (await row.ReadAsync(cancellation))
        {
            counts.Add(new(
                (NoticeChannel)row.GetInt16(0), row.GetBoolean(1), row.GetInt64(2), row.GetInt64(3), row.InstantOrNull(4),
                row.GetInt64(5), row.GetInt64(6), row.GetInt64(7), row.GetInt64(8)));
        }

        return counts.DrainToImmutable();
    }
}

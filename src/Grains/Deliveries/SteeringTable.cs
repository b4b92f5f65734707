using System.Collections.Immutable;
using Npgsql;
using Stk.GrainInterfaces.Deliveries;
using Stk.GrainInterfaces.Participants;
using Stk.Grains.Paging;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;
using Stk.Storage.Sql;

namespace Stk.Grains.Deliveries;

/// <summary>
/// Tables <c>notices.pauses</c> and <c>notices.retries</c>, and deliveries as operators see and steer them.
/// </summary>
internal sealed class SteeringTable(NpgsqlDataSource database)
{
    private const string DeadSql = """
        SELECT delivery.notice, delivery.channel, coalesce(participant.id, 'erased-' || delivery.participant), notice.kind,
            notice.at, delivery.attempts, delivery.reason, delivery.ended_at
        FROM notices.deliveries delivery
        JOIN notices.notices notice ON notice.id = delivery.notice
        LEFT JOIN activity.participants participant ON participant.number = delivery.participant
        WHERE delivery.state = 3 AND (delivery.ended_at, delivery.notice, delivery.channel) < ($1, $2, $3)
            AND ($4 = 0 OR delivery.channel = $4)
        ORDER BY delivery.ended_at DESC, delivery.notice DESC, delivery.channel DESC LIMIT $5
        """;

    private const string FindSql = """
        SELECT delivery.state, delivery.reason, coalesce(participant.id, 'erased-' || delivery.participant)
        FROM notices.deliveries delivery
        LEFT JOIN activity.participants participant ON participant.number = delivery.participant
        WHERE notice = $1 AND channel = $2
        """;

    // Tried at once, and as often as anew; the address is asked at once too.
    private const string RetrySql = """
        WITH retried AS (
            UPDATE notices.deliveries SET state = 1, attempts = 0, next_at = 'epoch', ended_at = NULL
            WHERE notice = $1 AND channel = $2 AND state = 3 RETURNING participant),
        rested AS (
            UPDATE notices.addresses address SET rests_to = 'epoch' FROM retried
            WHERE address.participant = retried.participant AND address.channel = $2),
        written AS (
            INSERT INTO notices.retries (request, notice, channel, at, by, reason)
            SELECT $3, $1, $2, $4, $5, $6 FROM retried)
        SELECT storage.expect((SELECT count(*) FROM retried) = 1, 'dead')
        """;

    private const string LockSql = "SELECT pg_advisory_xact_lock(8314)";

    private const string IsPausedSql = """
        SELECT coalesce((SELECT is_paused FROM notices.pauses WHERE channel = $1 ORDER BY number DESC LIMIT 1), false)
        """;

    private const string PauseSql = """
        WITH added AS (
            INSERT INTO notices.pauses (number, channel, is_paused, at, by, reason)
            SELECT (SELECT coalesce(max(number), 0) + 1 FROM notices.pauses), $1, $2, $3, $4, $5
            WHERE $2 IS DISTINCT FROM coalesce(
                (SELECT is_paused FROM notices.pauses WHERE channel = $1 ORDER BY number DESC LIMIT 1), false)
            RETURNING 1)
        SELECT storage.expect((SELECT count(*) FROM added) = 1, 'another state')
        """;

    /// <summary>What is dead, the newest first.</summary>
    public async Task<DeadPage> ReadDead(PageRequest request, NoticeChannel? channel, CancellationToken cancellation)
    {
        var cursors = new Cursors("dead", "");
        var before = new PlaceInTime(DateTimeOffset.MaxValue, Guid.AllBitsSet, short.MaxValue);
        if (request.Cursor is { } cursor && !cursors.TryReadPlace(cursor, out before))
        {
            return new([], null, IsCursorValid: false);
        }

        await using var command = database.CreateCommand(DeadSql)
            .With(before.At.UtcDateTime).With(before.Id).With(before.Place).With((short)(channel ?? 0))
            .With(request.Limit + 1);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var dead = new List<DeadDelivery>();
        while (await row.ReadAsync(cancellation))
        {
            dead.Add(new(
                row.GetGuid(0), (NoticeChannel)row.GetInt16(1), row.GetString(2), row.GetString(3), row.Instant(4),
                row.GetInt16(5), row.GetString(6), row.Instant(7)));
        }

        var shown = dead.Take(request.Limit).ToImmutableArray();
        return new(
            shown,
            dead.Count > request.Limit
                ? cursors.WritePlace(new(shown[^1].EndedAt, shown[^1].Notice, (short)shown[^1].Channel))
                : null);
    }

    /// <summary>Null where there is none.</summary>
    public async Task<FoundDelivery?> Find(Guid notice, NoticeChannel channel, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FindSql).With(notice).With((short)channel);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation)
            ? new((DeliveryState)row.GetInt16(0), row.TextOrNull(1), row.GetString(2))
            : null;
    }

    public async Task<bool> IsPaused(NoticeChannel channel, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(IsPausedSql).With((short)channel);
        return await command.ExecuteScalarAsync(cancellation) is true;
    }

    /// <summary>The command that has a dead one tried again; a conflict where it is not dead.</summary>
    public static NpgsqlBatchCommand Retry(
        Guid request, Guid notice, NoticeChannel channel, DateTimeOffset at, string by, string reason) =>
        new NpgsqlBatchCommand(RetrySql)
            .With(notice).With((short)channel).With(request).With(at.UtcDateTime).With(by).With(reason);

    /// <summary>The commands that pause a channel or end it, of one transaction; a conflict where it stands so.</summary>
    public static IReadOnlyList<NpgsqlBatchCommand> Pause(
        NoticeChannel channel, bool isPaused, DateTimeOffset at, string by, string reason) =>
    [
        new(LockSql),
        new NpgsqlBatchCommand(PauseSql)
            .With((short)channel).With(isPaused).With(at.UtcDateTime).With(by).With(reason),
    ];
}

/// <param name="Participant">The outside id.</param>
internal sealed record FoundDelivery(DeliveryState State, string? Reason, string Participant);

using System.Collections.Immutable;
using Npgsql;
using NpgsqlTypes;
using Stk.Grains.Notices;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;
using Stk.Rules.Time;
using Stk.Storage.Sql;

namespace Stk.Grains.Deliveries;

/// <summary>
/// Tables <c>notices.deliveries</c> and <c>notices.channels</c>, as silos work on them. A claim and an answer hold together
/// by the lease: what was claimed by a silo that is no more is claimed again when its time is over.
/// </summary>
internal sealed class DeliveryTable(NpgsqlDataSource database)
{
    private const string LookSql = """
        SELECT EXISTS (SELECT FROM notices.notices WHERE NOT is_planned), ARRAY(
            SELECT channel FROM unnest($1::smallint[]) AS asked (channel) WHERE EXISTS (
                SELECT FROM notices.deliveries delivery
                WHERE delivery.channel = asked.channel AND state = 1 AND due <= $2 AND next_at <= $3))
        """;

    // Of all silos one at a time claims of a channel: its rate is one.
    private const string ChannelSql = """
        SELECT taken_to, coalesce(
            (SELECT is_paused FROM notices.pauses WHERE pauses.channel = $1 ORDER BY number DESC LIMIT 1), false)
        FROM notices.channels WHERE channel = $1 FOR UPDATE
        """;

    private const string TakeSql = "UPDATE notices.channels SET taken_to = $2 WHERE channel = $1";

    private const string RestSql =
        "UPDATE notices.channels SET taken_to = $2 WHERE channel = $1 AND taken_to < $2";

    private const string GiveUpSql = """
        UPDATE notices.deliveries SET state = 4, reason = $4, ended_at = $3, lease = NULL
        WHERE channel = $1 AND state = 1 AND rank = 2 AND due < $2 AND next_at <= $3
        """;

    // What is due together goes together, once: what comes later has a leader of its own.
    private const string GatherSql = """
        WITH ripe AS (
            SELECT notice, first_value(notice) OVER (PARTITION BY participant, due ORDER BY notice) AS leader
            FROM notices.deliveries
            WHERE channel = $1 AND state = 1 AND is_digest AND leader IS NULL AND due <= $2)
        UPDATE notices.deliveries delivery SET
            leader = ripe.leader,
            state = CASE WHEN ripe.leader = ripe.notice THEN 1 ELSE 5 END,
            ended_at = CASE WHEN ripe.leader = ripe.notice THEN NULL ELSE $3 END
        FROM ripe WHERE delivery.notice = ripe.notice AND delivery.channel = $1
        """;

    // From whom a transfer came, and with which note, stands with the transfer: where it can be erased.
    private const string OfTransfers = $"""
        LEFT JOIN spending.transfers transfer
            ON notice.kind = '{NoticeKinds.TransferReceived}' AND transfer.id = notice.transaction_id
        LEFT JOIN activity.participants sender ON sender.number = transfer.sender
        LEFT JOIN spending.notes ON notes.id = transfer.id
        """;

    // One at a time of each address, and none of one that rests: so one that hangs costs the others one place.
    private const string ClaimSql = $"""
        WITH picked AS (
            SELECT delivery.notice, delivery.participant, delivery.rank, delivery.due, delivery.place
            FROM notices.deliveries delivery
            LEFT JOIN notices.addresses address
                ON address.participant = delivery.participant AND address.channel = delivery.channel
            WHERE delivery.channel = $1 AND delivery.state = 1 AND delivery.due <= $2 AND delivery.next_at <= $3
                AND (NOT delivery.is_digest OR delivery.leader = delivery.notice)
                AND coalesce(address.rests_to <= $3, true)
            ORDER BY delivery.rank, delivery.due, delivery.place
            LIMIT $4 FOR UPDATE OF delivery SKIP LOCKED),
        chosen AS (
            SELECT DISTINCT ON (participant) notice FROM picked ORDER BY participant, rank, due, place),
        leased AS (
            UPDATE notices.deliveries delivery SET attempts = attempts + 1, next_at = $5, lease = $6
            FROM chosen WHERE delivery.notice = chosen.notice AND delivery.channel = $1
            RETURNING delivery.*),
        resting AS (
            UPDATE notices.addresses address SET rests_to = $5
            FROM leased WHERE address.participant = leased.participant AND address.channel = $1)
        SELECT leased.notice, leased.participant, leased.attempts, leased.language, leased.is_digest,
            notice.kind, notice.at, notice."values"::text,
            address.address, address.confirmed_at IS NOT NULL, address.confirm_token, address.secret,
            CASE WHEN address.previous_to > $3 THEN address.previous_secret END,
            address.failures_in_row, address.refused_since, address.rests_to, address.is_off,
            coalesce(sender.id, 'erased-' || transfer.sender), notes.note
        FROM leased JOIN notices.notices notice ON notice.id = leased.notice
        {OfTransfers}
        LEFT JOIN notices.addresses address ON address.participant = leased.participant AND address.channel = $1
        ORDER BY leased.rank, leased.due, leased.place
        """;

    private const string GatheredSql = $"""
        SELECT notice.kind, notice.at, notice."values"::text, coalesce(sender.id, 'erased-' || transfer.sender), notes.note
        FROM notices.deliveries delivery JOIN notices.notices notice ON notice.id = delivery.notice
        {OfTransfers}
        WHERE delivery.leader = $1 AND delivery.channel = $2 AND delivery.state = 5 ORDER BY notice.at, notice.id
        """;

    private const string AnswerSql = """
        UPDATE notices.deliveries SET
            state = $4, attempts = $5, next_at = coalesce($6, next_at), reason = $7, lease = NULL,
            ended_at = CASE WHEN $4 = 1 THEN NULL ELSE $8 END
        WHERE notice = $1 AND channel = $2 AND lease = $3
        """;

    private const string HealthSql = """
        UPDATE notices.addresses SET failures_in_row = $4, refused_since = $5, rests_to = $6, is_off = $7
        WHERE participant = $1 AND channel = $2 AND address = $3
        """;

    // A digest stands while any of it may be told again: its parts go after it. What another has locked is left.
    private const string DropSql = """
        WITH old AS (
            SELECT notice, channel FROM notices.deliveries delivery
            WHERE channel = ANY($1) AND state <> 1 AND ended_at < $2 AND (state <> 3 OR ended_at < $3)
                AND (state <> 5 OR NOT EXISTS (
                    SELECT FROM notices.deliveries digest
                    WHERE digest.notice = delivery.leader AND digest.channel = delivery.channel))
            LIMIT $4 FOR UPDATE SKIP LOCKED)
        DELETE FROM notices.deliveries delivery USING old
        WHERE delivery.notice = old.notice AND delivery.channel = old.channel
        """;

    /// <summary>What there is to do.</summary>
    /// <param name="economy">By the economy's clock.</param>
    /// <param name="now">By the host's.</param>
    public async Task<(bool IsUnplanned, ImmutableArray<NoticeChannel> Due)> Look(
        ImmutableArray<NoticeChannel> channels, DateTimeOffset economy, DateTimeOffset now,
        CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(LookSql)
            .With(channels.Select(channel => (short)channel).ToArray()).With(economy.UtcDateTime).With(now.UtcDateTime);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return (row.GetBoolean(0), [.. row.GetFieldValue<short[]>(1).Select(channel => (NoticeChannel)channel)]);
    }

    /// <summary>Takes what is due of a channel, within its rate, for one attempt each.</summary>
    /// <param name="max">At most so many.</param>
    /// <param name="lease">Longer than an attempt and the writing of its answer.</param>
    /// <returns>In the order in which they are to go.</returns>
    public async Task<ImmutableArray<ClaimedDelivery>> Claim(
        NoticeChannel channel, double perSecond, int max, TimeSpan lease, DateTimeOffset economy, DateTimeOffset now,
        CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (await ReadBudget(connection, channel, perSecond, cancellation) is not { } budget)
        {
            return [];
        }

        await Prepare(connection, channel, economy, now, cancellation);
        var free = Math.Min(budget.Free(now), max);
        var claimed = free == 0
            ? []
            : await Claim(connection, channel, free, now + lease, economy, now, cancellation);
        if (!claimed.IsEmpty)
        {
            await using var take = new NpgsqlCommand(TakeSql, connection)
                .With((short)channel).With(budget.Take(claimed.Length, now).TakenTo.UtcDateTime);
            await take.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return claimed;
    }

    /// <summary>What else is in a digest, oldest first.</summary>
    public async Task<ImmutableArray<DeliveredNotice>> ReadGathered(
        Guid leader, NoticeChannel channel, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(GatheredSql).With(leader).With((short)channel);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var gathered = ImmutableArray.CreateBuilder<DeliveredNotice>();
        while (await row.ReadAsync(cancellation))
        {
            gathered.Add(Told(row, kind: 0, sender: 3));
        }

        return gathered.DrainToImmutable();
    }

    /// <summary>
    /// Stores what an attempt has come to. False where it came too late: another has the delivery by then, or has ended it.
    /// </summary>
    /// <param name="health">What is known of the address by now; null where the attempt says nothing of it.</param>
    public async Task<bool> Answer(
        ClaimedDelivery claimed, DeliveryStep step, AddressHealth? health, DateTimeOffset economy, DateTimeOffset now)
    {
        await using var connection = await database.OpenConnectionAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(CancellationToken.None);
        await using var answer = new NpgsqlCommand(AnswerSql, connection)
            .With(claimed.Notice).With((short)claimed.Channel).With(claimed.Lease).With((short)step.State)
            .With((short)step.Attempts).WithNullable(step.NextAt?.UtcDateTime, NpgsqlDbType.TimestampTz)
            .WithNullable(step.Reason, NpgsqlDbType.Text).With(now.UtcDateTime);
        if (await answer.ExecuteNonQueryAsync(CancellationToken.None) == 0)
        {
            return false;
        }

        if (health is not null && claimed.Address is { } address)
        {
            await using var batch = new NpgsqlBatch(connection);
            batch.BatchCommands.Add(new NpgsqlBatchCommand(HealthSql)
                .With(claimed.Participant).With((short)claimed.Channel).With(address.Address).With(health.FailuresInRow)
                .WithNullable(health.RefusedSince?.UtcDateTime, NpgsqlDbType.TimestampTz).With(health.RestsTo.UtcDateTime)
                .With(health.IsOff));
            if (health.IsOff && !address.Health.IsOff)
            {
                batch.BatchCommands.Add(
                    NoticeTable.Insert([Off(claimed, health, step)], economy.InWholeMicroseconds(), [null]));
            }

            await batch.ExecuteNonQueryAsync(CancellationToken.None);
        }

        await transaction.CommitAsync(CancellationToken.None);
        return true;
    }

    /// <summary>The whole channel is left alone until an instant of the host's clock.</summary>
    public async Task Rest(NoticeChannel channel, DateTimeOffset to)
    {
        await using var command = database.CreateCommand(RestSql).With((short)channel).With(to.UtcDateTime);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>Drops what has ended long ago, of every channel.</summary>
    /// <param name="max">At most so many.</param>
    /// <returns>How many.</returns>
    public async Task<int> Drop(DateTimeOffset now, int max, CancellationToken cancellation)
    {
        var (ended, dead) = DeliveryKeeping.Borders(now);
        await using var command = database.CreateCommand(DropSql)
            .With(NoticeChannels.All.Select(channel => (short)channel).ToArray()).With(ended.UtcDateTime)
            .With(dead.UtcDateTime).With(max);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    private static Notice Off(ClaimedDelivery claimed, AddressHealth health, DeliveryStep step) => new(
        NoticeIds.Of(
            NoticeKinds.ChannelOff, $"{claimed.Participant}", claimed.Channel.WireName(),
            $"{health.RefusedSince:O}"),
        claimed.Participant, NoticeKinds.ChannelOff,
        Notice.Json(new { channel = claimed.Channel.WireName(), reason = step.Reason }));

    // Null where it is paused.
    private static async Task<RateBudget?> ReadBudget(
        NpgsqlConnection connection, NoticeChannel channel, double perSecond, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ChannelSql, connection).With((short)channel);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        await row.ReadAsync(cancellation);
        return row.GetBoolean(1)
            ? null
            : new RateBudget(TimeSpan.FromMicroseconds(Math.Floor(1e6 / perSecond)), row.Instant(0));
    }

    private static async Task Prepare(
        NpgsqlConnection connection, NoticeChannel channel, DateTimeOffset economy, DateTimeOffset now,
        CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        if (WeeklySpread.OldestOfUse(channel, economy) is { } oldest)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(GiveUpSql)
                .With((short)channel).With(oldest.UtcDateTime).With(now.UtcDateTime).With(DeliveryReasons.TooOld));
        }

        batch.BatchCommands.Add(new NpgsqlBatchCommand(GatherSql)
            .With((short)channel).With(economy.UtcDateTime).With(now.UtcDateTime));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static async Task<ImmutableArray<ClaimedDelivery>> Claim(
        NpgsqlConnection connection, NoticeChannel channel, int max, DateTimeOffset to, DateTimeOffset economy,
        DateTimeOffset now, CancellationToken cancellation)
    {
        var lease = Guid.NewGuid();
        await using var command = new NpgsqlCommand(ClaimSql, connection)
            .With((short)channel).With(economy.UtcDateTime).With(now.UtcDateTime).With(max)
            .With(to.UtcDateTime).With(lease);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var claimed = ImmutableArray.CreateBuilder<ClaimedDelivery>();
        while (await row.ReadAsync(cancellation))
        {
            claimed.Add(new(
                row.GetGuid(0), channel, row.GetInt64(1), lease, row.GetInt16(2), row.GetString(3), row.GetBoolean(4),
                Told(row, kind: 5, sender: 17), row.IsDBNull(8) ? null : Address(row)));
        }

        return claimed.DrainToImmutable();
    }

    // Of its columns kind, at and values; and sender and note.
    private static DeliveredNotice Told(NpgsqlDataReader row, int kind, int sender)
    {
        var stored = new StoredNotice(
            Guid.Empty, row.GetString(kind), row.Instant(kind + 1), row.GetString(kind + 2), IsRead: false,
            row.TextOrNull(sender), row.TextOrNull(sender + 1));
        return new(stored.Kind, stored.At, stored.Told(showsNotes: true));
    }

    private static DeliveryAddress Address(NpgsqlDataReader row)
    {
        var secrets = new[] { row.BytesOrNull(11), row.BytesOrNull(12) }.OfType<byte[]>();
        return new(
            row.GetString(8), row.GetBoolean(9), row.TextOrNull(10),
            [.. secrets.Select(secret => (ReadOnlyMemory<byte>)secret)],
            new(row.GetInt32(13), row.InstantOrNull(14), row.Instant(15), row.GetBoolean(16)));
    }
}

using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Stk.Rules.Sources;
using Stk.Storage;
using Stk.Storage.Sql;

namespace Stk.Grains.Pulls;

/// <summary>
/// Tables <c>sources.pulls</c> and <c>sources.pull_reads</c>, and the watermark that moves with them. Whatever is written
/// looks first whether the lease is still this silo's: one that stood still writes nothing.
/// </summary>
internal sealed class PullTable(NpgsqlDataSource database, SingleCommit commits)
{
    private const string NoLongerSo = "STK02";

    private const string AddSql = """
        INSERT INTO sources.pulls (source_id)
        SELECT id FROM activity.sources source
        WHERE json_typeof(settings -> 'pull') = 'object'
            AND NOT EXISTS (SELECT FROM sources.pulls pull WHERE pull.source_id = source.id)
        ON CONFLICT DO NOTHING
        """;

    private const string ClaimSql = """
        UPDATE sources.pulls pull
        SET epoch = epoch + 1, holder = $1, claimed_at = now(), lease_until = now() + $2
        FROM activity.sources source
        WHERE source.id = pull.source_id AND pull.source_id = (
            SELECT due.source_id FROM sources.pulls due JOIN activity.sources asked ON asked.id = due.source_id
            WHERE json_typeof(asked.settings -> 'pull') = 'object' AND (asked.settings ->> 'active')::boolean
                AND due.next_at <= now() AND (due.lease_until IS NULL OR due.lease_until < now())
            ORDER BY due.next_at LIMIT 1 FOR UPDATE OF due SKIP LOCKED)
        RETURNING source.id, source.name, pull.epoch, source.settings::text, source.complete_to, pull.waiting::text,
            pull.failures, pull.last_error
        """;

    private const string RenewSql = """
        UPDATE sources.pulls
        SET lease_until = now() + $3, last_event_at = coalesce(greatest(last_event_at, $4), last_event_at)
        WHERE source_id = $1 AND epoch = $2 AND lease_until > now()
        """;

    private const string DoneSql = """
        UPDATE sources.pulls
        SET holder = NULL, lease_until = NULL, failures = 0, last_error = NULL, last_pull_at = now(),
            next_at = CASE WHEN wanted_at > claimed_at THEN now() ELSE now() + $3 END
        WHERE source_id = $1 AND epoch = $2
        """;

    private const string FailedSql = """
        UPDATE sources.pulls
        SET holder = NULL, lease_until = NULL, failures = failures + 1, last_error = $3, next_at = now() + $4
        WHERE source_id = $1 AND epoch = $2
        """;

    private const string WantSql = """
        INSERT INTO sources.pulls (source_id, wanted_at) VALUES ($1, now())
        ON CONFLICT (source_id) DO UPDATE SET wanted_at = now(), next_at = now()
        """;

    private const string HoldSql = """
        SELECT storage.expect(
            (SELECT epoch = $2 AND lease_until > now() FROM sources.pulls WHERE source_id = $1 FOR UPDATE),
            'who asks a source')
        """;

    private const string ExpectSql = """
        SELECT storage.expect(
            (SELECT complete_to IS NOT DISTINCT FROM $2 FROM activity.sources WHERE id = $1 FOR UPDATE),
            'the watermark of a source')
        """;

    private const string WaitSql = """
        UPDATE sources.pulls SET waiting = $2::json, differences = differences + $3 WHERE source_id = $1
        """;

    private const string MoveSql = "UPDATE activity.sources SET complete_to = $2 WHERE id = $1";

    private const string ReadSql = """
        INSERT INTO sources.pull_reads (
            source_id, epoch, from_at, to_at, settle, first_ended, first_count, first_hash, clock, began, ended, count, hash,
            is_moved, week_check, events)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $16, CASE WHEN $14 THEN (
            SELECT count(*) FROM activity.events event
            WHERE event.source_id = $1 AND event.uuid = ANY($15) AND event.at >= $3 AND event.at < $4) END
        """;

    /// <summary>Takes a source whose turn it is and that nobody asks now; null where there is none.</summary>
    public async Task<PullLease?> Claim(string holder, TimeSpan lease, CancellationToken cancellation)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new(AddSql));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(ClaimSql).With(holder).With(lease));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
        {
            return null;
        }

        var name = row.GetString(1);
        return new(
            row.GetInt32(0), name, row.GetInt64(2), SourceSettingsJson.Read(name, row.GetString(3)), row.InstantOrNull(4),
            row.TextOrNull(5) is { } waiting ? JsonSerializer.Deserialize<WindowRead>(waiting) : null, row.GetInt32(6),
            row.TextOrNull(7));
    }

    /// <summary>Goes on asking, and says up to when there are events.</summary>
    /// <exception cref="PullOvertakenException">Another silo asks now.</exception>
    public async Task Renew(PullLease held, TimeSpan lease, DateTimeOffset? lastEventAt, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(RenewSql)
            .With(held.SourceId).With(held.Epoch).With(lease)
            .WithNullable(lastEventAt?.ToUniversalTime(), NpgsqlDbType.TimestampTz);
        if (await command.ExecuteNonQueryAsync(cancellation) == 0)
        {
            throw new PullOvertakenException("the lease has ended");
        }
    }

    /// <summary>What a whole read of a window did: one commit of the watermark and of the reads that it stands on.</summary>
    /// <param name="before">As it was before the read.</param>
    /// <param name="stored">The uuids that intake has stored of what was found.</param>
    /// <param name="check">Of the week whose end lies in the window; null where none does.</param>
    /// <exception cref="PullOvertakenException">Another silo asks now, or an operator has set the watermark.</exception>
    public async Task Store(
        PullLease held, Watermark before, WatermarkStep step, WindowRead read, DateTimeOffset? completeTo,
        IReadOnlyCollection<Guid> stored, Guid? check, CancellationToken cancellation)
    {
        var settle = held.Settings.Pull?.Settle ?? TimeSpan.Zero;
        try
        {
            await commits.Run(
                async attempt =>
                {
                    await using (var begin = attempt.Begin())
                    {
                        begin.BatchCommands.Add(new NpgsqlBatchCommand(HoldSql).With(held.SourceId).With(held.Epoch));
                        begin.BatchCommands.Add(new NpgsqlBatchCommand(ExpectSql)
                            .With(held.SourceId).WithNullable(completeTo, NpgsqlDbType.TimestampTz));
                        await begin.ExecuteNonQueryAsync(cancellation);
                    }

                    await using var batch = new NpgsqlBatch(attempt.Connection);
                    batch.BatchCommands.Add(new NpgsqlBatchCommand(WaitSql)
                        .With(held.SourceId)
                        .WithNullable(
                            step.After.Waiting is { } waiting ? JsonSerializer.Serialize(waiting) : null, NpgsqlDbType.Text)
                        .With(step is WatermarkStep.Differed ? 1 : 0));
                    if (step is not WatermarkStep.Unmoved && before.Waiting is { } first)
                    {
                        var isMoved = step is WatermarkStep.Moved;
                        batch.BatchCommands.Add(Pair(
                            held, first, read, settle, isMoved, isMoved ? stored : [], isMoved ? check : null));
                    }

                    if (step is WatermarkStep.Moved)
                    {
                        batch.BatchCommands.Add(new NpgsqlBatchCommand(MoveSql)
                            .With(held.SourceId).With(step.After.CompleteTo.ToUniversalTime()));
                    }

                    await attempt.Commit(batch, cancellation);
                    return true;
                },
                cancellation);
        }
        catch (PostgresException overtaken) when (overtaken.SqlState == NoLongerSo)
        {
            throw new PullOvertakenException(overtaken.MessageText, overtaken);
        }
    }

    /// <summary>The pull is over, and went well. Nothing where another silo asks now.</summary>
    public async Task End(PullLease held, TimeSpan next, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(DoneSql).With(held.SourceId).With(held.Epoch).With(next);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The pull has stopped. Nothing where another silo asks now.</summary>
    public async Task Fail(PullLease held, string reason, TimeSpan pause, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FailedSql)
            .With(held.SourceId).With(held.Epoch).With(reason).With(pause);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The command by which the source is asked as soon as a silo can.</summary>
    public static NpgsqlBatchCommand Wanted(int source) => new NpgsqlBatchCommand(WantSql).With(source);

    /// <summary>The source is asked as soon as a silo can.</summary>
    public async Task Want(int source, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(WantSql).With(source);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlBatchCommand Pair(
        PullLease held, WindowRead first, WindowRead read, TimeSpan settle, bool isMoved,
        IReadOnlyCollection<Guid> stored, Guid? check) =>
        new NpgsqlBatchCommand(ReadSql)
            .With(held.SourceId).With(held.Epoch)
            .With(read.From.ToUniversalTime()).With(read.To.ToUniversalTime()).With(settle)
            .With(first.Ended.ToUniversalTime()).With(first.Found.Count).With(first.Found.Hash)
            .With(read.Clock.ToUniversalTime()).With(read.Began.ToUniversalTime()).With(read.Ended.ToUniversalTime())
            .With(read.Found.Count).With(read.Found.Hash)
            .With(isMoved).With(stored.ToArray()).WithNullable(check, NpgsqlDbType.Uuid);
}

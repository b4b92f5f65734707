using Npgsql;
using Stk.Storage.Sql;

namespace Stk.Grains.Activity;

/// <summary>
/// Tables <c>vesting.shards</c>, <c>vesting.evidence</c> and <c>vesting.referrals</c> as intake uses them: what evidence
/// says is kept beside its event, and taken no more once its event's reward is decided.
/// </summary>
internal static class EvidenceTable
{
    // In order, and after the weeks, as every commit takes them. A day's run updates these rows before it decides.
    // A day's run decides what identities have earned in the shard of whom they belong to.
    private const string LockShardsSql = """
        SELECT shard FROM vesting.shards
        WHERE shard = ANY($1) OR shard IN (
            SELECT survivor.shard FROM activity.links link
            JOIN activity.participants identity ON identity.number = link.identity
            JOIN activity.participants survivor ON survivor.number = link.survivor
            WHERE identity.id = ANY($2))
        ORDER BY shard FOR SHARE
        """;

    // $1: what evidence speaks of, and the evidence that is taken back, which speaks of something itself.
    private const string DecidedSql = """
        SELECT event.source_id, event.participant, event.uuid, event.week, event.type, event.days, granted.vests_days
        FROM activity.events event
        JOIN weeks.grants granted
            ON granted.week = event.week AND granted.type = event.type
            AND granted.participant = coalesce(
                (SELECT survivor FROM activity.survivors(event.week) WHERE identity = event.participant), event.participant)
        WHERE granted.decided_on IS NOT NULL AND event.uuid IN (
            SELECT unnest($1::uuid[]) UNION SELECT said.event FROM vesting.evidence said WHERE said.uuid = ANY($1))
        """;

    private const string InsertEvidenceSql = """
        INSERT INTO vesting.evidence (source_id, uuid, event, approved, rating)
        SELECT * FROM unnest($1::integer[], $2::uuid[], $3::uuid[], $4::boolean[], $5::smallint[])
        """;

    private const string InsertReferralsSql = """
        INSERT INTO vesting.referrals (source_id, uuid, referred)
        SELECT * FROM unnest($1::integer[], $2::uuid[], $3::text[])
        """;

    /// <param name="ids">Whose evidence it is.</param>
    public static NpgsqlBatchCommand LockShards(short[] shards, string[] ids) =>
        new NpgsqlBatchCommand(LockShardsSql).With(shards).With(ids);

    public static NpgsqlBatchCommand ReadDecided(Guid[] named) => new NpgsqlBatchCommand(DecidedSql).With(named);

    /// <exception cref="InvalidOperationException">A row is missing: without it nothing holds the border.</exception>
    public static async Task ExpectShards(NpgsqlDataReader row, short[] shards, CancellationToken cancellation)
    {
        var locked = 0;
        while (await row.ReadAsync(cancellation))
        {
            locked++;
        }

        if (locked < shards.Length)
        {
            throw new InvalidOperationException($"vesting.shards has {locked} rows of {shards.Length} shards");
        }
    }

    /// <summary>Adds what is kept beside events; after the events themselves, of which none was there before.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<EventRow> rows)
    {
        var evidence = rows.Where(row => row.Evidence is not null).ToList();
        if (evidence.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertEvidenceSql)
                .With(evidence.Column(row => row.SourceId))
                .With(evidence.Column(row => row.Uuid))
                .With(evidence.Column(row => row.Evidence!.Event))
                .With(evidence.Column(row => row.Evidence!.Approved))
                .With(evidence.Column(row => row.Evidence!.Rating)));
        }

        var referrals = rows.Where(row => row.Referred is not null).ToList();
        if (referrals.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(InsertReferralsSql)
                .With(referrals.Column(row => row.SourceId))
                .With(referrals.Column(row => row.Uuid))
                .With(referrals.Column(row => row.Referred!)));
        }
    }
}

/// <summary>A row of <c>vesting.evidence</c>.</summary>
/// <param name="Event">The uuid that it speaks of.</param>
internal sealed record EvidenceSaid(Guid Event, bool? Approved, short? Rating);

using Npgsql;
using Stk.Rules.Activity;
using Stk.Rules.Sources;
using Stk.Storage.Sql;

namespace Stk.Grains.Sources;

/// <summary>Table <c>sources.given_events</c>: what the mirror has given, until intake has answered it.</summary>
internal sealed class GivenEventTable(NpgsqlDataSource database)
{
    private const string Columns =
        "source_id, source.name, given.uuid, given.participant, given.type, given.at, given.retracts";

    // In the order given: a retraction after what it takes back.
    private const string OfPostsSql = $"""
        SELECT {Columns} FROM sources.given_events given JOIN activity.sources source ON source.id = given.source_id
        WHERE source_id = $1 AND post = ANY($2) AND rejected IS NULL ORDER BY place
        """;

    // Whoever gave them hands them on at once: others wait a little, and take what he has left.
    private const string WaitingSql = $"""
        SELECT {Columns} FROM sources.given_events given JOIN activity.sources source ON source.id = given.source_id
        WHERE rejected IS NULL AND given_at < now() - interval '5 seconds' ORDER BY place LIMIT 500
        """;

    private const string InsertSql = """
        INSERT INTO sources.given_events (source_id, uuid, post, participant, type, at, retracts)
        SELECT $1, * FROM unnest($2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[], $7::uuid[])
        """;

    private const string DeleteSql = """
        DELETE FROM sources.given_events USING unnest($1::integer[], $2::uuid[]) AS done (source_id, uuid)
        WHERE given_events.source_id = done.source_id AND given_events.uuid = done.uuid
        """;

    private const string RejectSql = """
        UPDATE sources.given_events SET rejected = one.field
        FROM unnest($1::integer[], $2::uuid[], $3::text[]) AS one (source_id, uuid, field)
        WHERE given_events.source_id = one.source_id AND given_events.uuid = one.uuid
        """;

    public async Task<IReadOnlyList<GivenEvent>> ReadOfPosts(
        int source, IReadOnlyCollection<long> posts, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(OfPostsSql).With(source).With(posts.ToArray());
        return await Read(command, cancellation);
    }

    public async Task<IReadOnlyList<GivenEvent>> ReadWaiting(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(WaitingSql);
        return await Read(command, cancellation);
    }

    /// <summary>The command that adds what a sight has given. Of a post each.</summary>
    public static NpgsqlBatchCommand Insert(int source, IReadOnlyList<(long Post, SourceEvent Event)> events) =>
        new NpgsqlBatchCommand(InsertSql)
            .With(source)
            .With(events.Column(one => one.Event.Activity.Uuid))
            .With(events.Column(one => one.Post))
            .With(events.Column(one => one.Event.Activity.DistinctId))
            .With(events.Column(one => one.Event.Activity.Type))
            .With(events.Column(one => one.Event.Activity.At))
            .With(events.Column(one => one.Event.Activity.Retracts));

    /// <summary>They have been answered. Harmless where another has said so.</summary>
    public async Task Settle(
        IReadOnlyList<GivenEvent> done, IReadOnlyList<(GivenEvent Event, string Field)> rejected,
        CancellationToken cancellation)
    {
        if (done.Count > 0)
        {
            await using var command = database.CreateCommand(DeleteSql)
                .With(done.Column(one => one.SourceId)).With(done.Column(one => one.Activity.Uuid));
            await command.ExecuteNonQueryAsync(cancellation);
        }

        if (rejected.Count > 0)
        {
            await using var command = database.CreateCommand(RejectSql)
                .With(rejected.Column(one => one.Event.SourceId)).With(rejected.Column(one => one.Event.Activity.Uuid))
                .With(rejected.Column(one => one.Field));
            await command.ExecuteNonQueryAsync(cancellation);
        }
    }

    private static async Task<IReadOnlyList<GivenEvent>> Read(NpgsqlCommand command, CancellationToken cancellation)
    {
        var events = new List<GivenEvent>();
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            events.Add(new(
                row.GetInt32(0), row.GetString(1),
                new(row.GetGuid(2), row.GetString(4), row.GetString(3), row.Instant(5))
                {
                    Retracts = row.IsDBNull(6) ? null : row.GetGuid(6),
                }));
        }

        return events;
    }
}

/// <param name="Source">Its name.</param>
internal sealed record GivenEvent(int SourceId, string Source, ActivityEvent Activity);

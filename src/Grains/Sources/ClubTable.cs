using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Npgsql;
using Stk.Sources.Discourse;
using Stk.Storage;
using Stk.Storage.Sql;

namespace Stk.Grains.Sources;

/// <summary>
/// Tables <c>sources.club_topics</c>, <c>club_posts</c> and <c>club_given</c>: the mirror of a club. What is seen of one
/// topic is taken in one sight after another, whichever silos saw it.
/// </summary>
internal sealed class ClubTable(NpgsqlDataSource database, SingleCommit commits)
{
    private const string LockSql = "SELECT pg_advisory_xact_lock(hashtextextended(format('club %s %s', $1, $2), 0))";

    private const string TopicSql = "SELECT state::text FROM sources.club_topics WHERE source_id = $1 AND topic = $2";

    private const string TopicOfSql = "SELECT topic FROM sources.club_posts WHERE source_id = $1 AND post = $2";

    // One post, or all of a topic.
    private const string PostsSql = """
        SELECT post, state::text FROM sources.club_posts
        WHERE source_id = $1 AND (post = $2 OR ($2 IS NULL AND topic = $3)) ORDER BY post FOR UPDATE
        """;

    private const string GivenSql = """
        SELECT given.post, role, actor, alive, generation, type, person, at, peer
        FROM sources.club_given given JOIN sources.club_posts post USING (source_id, post)
        WHERE source_id = $1 AND (given.post = $2 OR ($2 IS NULL AND topic = $3))
        """;

    private const string PutTopicSql = """
        INSERT INTO sources.club_topics (source_id, topic, state) VALUES ($1, $2, $3::json)
        ON CONFLICT (source_id, topic) DO UPDATE SET state = $3::json
        """;

    private const string PutPostsSql = """
        INSERT INTO sources.club_posts (source_id, post, topic, state)
        SELECT $1, post, topic, state::json FROM unnest($2::bigint[], $3::bigint[], $4::text[]) AS new (post, topic, state)
        ON CONFLICT (source_id, post) DO UPDATE SET topic = excluded.topic, state = excluded.state
        """;

    private const string PutGivenSql = """
        INSERT INTO sources.club_given (
            source_id, post, role, actor, alive, generation, uuid, type, person, at, peer)
        SELECT $1, * FROM unnest(
            $2::bigint[], $3::smallint[], $4::bigint[], $5::boolean[], $6::integer[], $7::uuid[], $8::text[], $9::bigint[],
            $10::timestamptz[], $11::bigint[])
        ON CONFLICT (source_id, post, role, actor) DO UPDATE SET
            alive = excluded.alive, generation = excluded.generation, uuid = excluded.uuid, type = excluded.type,
            person = excluded.person, at = excluded.at, peer = excluded.peer
        """;

    /// <summary>Takes a sight in: the mirror's rows and what they give are one commit.</summary>
    public async Task<ClubTaken> Take(ClubSource club, ClubSight sight, Sighting seen, CancellationToken cancellation)
    {
        var (topicId, postId) = sight switch
        {
            ClubSight.Post post => ((long?)post.TopicId, (long?)post.Id),
            ClubSight.Topic topic => (topic.Id, null),
            ClubSight.Like like => (await TopicOf(club, like.PostId, cancellation), like.PostId),
            ClubSight.LikeGone gone => (await TopicOf(club, gone.PostId, cancellation), gone.PostId),
            _ => throw new UnreachableException(),
        };
        if (topicId is not { } known)
        {
            // A like says too little of its post.
            return new([], 0, [new ClubQuestion.Post(postId ?? 0)]);
        }

        var taken = new ClubTaken([], 0, []);
        await commits.Run(
            async attempt =>
            {
                var before = await Read(attempt, club.Id, known, postId, cancellation);
                var changes = Settle(club, before, sight, seen);
                taken = new(
                    [.. changes.Steps.Select(step => step.After.Id)], changes.Steps.Sum(step => step.Events.Length),
                    [
                        .. changes.Steps.SelectMany(step => step.Questions),
                        // A post that is there, of a topic that was not: it may be there again.
                        .. sight is ClubSight.Post { IsDeleted: false } && changes.Topic is { Life.IsAlive: false } topic
                            ? (ClubQuestion[])[new ClubQuestion.Topic(topic.Id)] : [],
                    ]);
                await using var batch = new NpgsqlBatch(attempt.Connection);
                Write(batch, club, before, changes);
                await attempt.Commit(batch, cancellation);
                return true;
            },
            cancellation);
        return taken;
    }

    private async Task<long?> TopicOf(ClubSource club, long post, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(TopicOfSql).With(club.Id).With(post);
        return (long?)await command.ExecuteScalarAsync(cancellation);
    }

    private static Changes Settle(ClubSource club, Known before, ClubSight sight, Sighting seen)
    {
        var mirror = new ClubMirror(club.Name, club.Namespace);
        var sights = new List<SeenSight> { new(sight, seen) };
        if (sight is ClubSight.Post { Number: 1, Author: > 0 } first)
        {
            // Whose the first post is, his the topic is: the club need not be asked for that. Whether the topic is there it
            // does not say.
            sights.Add(new(
                new ClubSight.Topic(first.TopicId, first.Author, IsRegular: null), Sighting.Hint(seen.At)));
        }

        var steps = before.Posts.Select(post => mirror.After(post, [.. sights])).ToImmutableArray();
        var topic = sights.Where(one => one.Sight is ClubSight.Topic).Aggregate(
            before.Topic, (known, one) => TopicFacts.After(known, (ClubSight.Topic)one.Sight, one.Seen, out _));
        return new(steps, topic);
    }

    private static async Task<Known> Read(
        CommitAttempt attempt, int source, long topicId, long? postId, CancellationToken cancellation)
    {
        await using var batch = attempt.Begin();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(LockSql).With(source).With(topicId));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(TopicSql).With(source).With(topicId));
        batch.BatchCommands.Add(Of(PostsSql, source, postId, topicId));
        batch.BatchCommands.Add(Of(GivenSql, source, postId, topicId));
        await using var row = await batch.ExecuteReaderAsync(cancellation);
        await row.NextResultAsync(cancellation);
        var topicFacts = await row.ReadAsync(cancellation) ? ClubState.ReadTopic(row.GetString(0)) : null;
        await row.NextResultAsync(cancellation);
        var states = new SortedDictionary<long, string>();
        while (await row.ReadAsync(cancellation))
        {
            states.Add(row.GetInt64(0), row.GetString(1));
        }

        await row.NextResultAsync(cancellation);
        var given = new List<KeyValuePair<DerivedKey, Derived>>();
        while (await row.ReadAsync(cancellation))
        {
            given.Add(new(
                new(row.GetInt64(0), row.GetInt64(2), (DerivedRole)row.GetInt16(1)),
                new(
                    row.GetBoolean(3), row.GetInt32(4), row.GetString(5), row.GetInt64(6), row.Instant(7),
                    row.IsDBNull(8) ? null : row.GetInt64(8))));
        }

        var ofPost = given.ToLookup(one => one.Key.Post);
        var posts = states.Select(state => ClubState.ReadPost(state.Key, state.Value) with
        {
            Topic = topicFacts,
            Given = ofPost[state.Key].ToImmutableSortedDictionary(),
        }).ToImmutableArray();
        return postId is { } id && posts.IsEmpty
            ? new(topicId, topicFacts, [ClubPost.Unknown(id) with { Topic = topicFacts }])
            : new(topicId, topicFacts, posts);
    }

    private static NpgsqlBatchCommand Of(string sql, int source, long? post, long topic) => new NpgsqlBatchCommand(sql)
        .With(source).WithNullable(post, NpgsqlTypes.NpgsqlDbType.Bigint).With(topic);

    private static void Write(NpgsqlBatch batch, ClubSource club, Known before, Changes changes)
    {
        if (changes.Topic is { } topic && topic != before.Topic)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PutTopicSql)
                .With(club.Id).With(topic.Id).With(ClubState.Write(topic)));
        }

        if (!changes.Steps.IsEmpty)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PutPostsSql)
                .With(club.Id)
                .With(changes.Steps.Column(step => step.After.Id))
                .With(changes.Steps.Column(step => step.After.Facts?.Topic ?? before.TopicId))
                .With(changes.Steps.Column(step => ClubState.Write(step.After))));
        }

        var given = changes.Steps.SelectMany(
            step => step.Changed.Select(key => (Key: key, Is: step.After.Given[key]))).ToList();
        if (given.Count > 0)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand(PutGivenSql)
                .With(club.Id)
                .With(given.Column(one => one.Key.Post))
                .With(given.Column(one => (short)one.Key.Role))
                .With(given.Column(one => one.Key.Actor))
                .With(given.Column(one => one.Is.IsAlive))
                .With(given.Column(one => one.Is.Generation))
                .With(given.Column(one => one.Key.Uuid(club.Name, one.Is.Generation)))
                .With(given.Column(one => one.Is.Type))
                .With(given.Column(one => one.Is.Person))
                .With(given.Column(one => one.Is.At))
                .With(given.Column(one => one.Is.Peer)));
        }

        var events = changes.Steps.SelectMany(
            step => step.Events.Select(one => (Post: step.After.Id, Event: one))).ToList();
        if (events.Count > 0)
        {
            batch.BatchCommands.Add(GivenEventTable.Insert(club.Id, events));
        }
    }

    /// <param name="Posts">The one that was seen, known or not; or all that are known of the topic.</param>
    private sealed record Known(long TopicId, TopicFacts? Topic, ImmutableArray<ClubPost> Posts);

    private sealed record Changes(ImmutableArray<ClubStep> Steps, TopicFacts? Topic);
}

/// <summary>What taking in a sight did.</summary>
/// <param name="Posts">That it concerns.</param>
/// <param name="Events">How many it has given.</param>
/// <param name="Questions">What to ask the club.</param>
internal sealed record ClubTaken(ImmutableArray<long> Posts, int Events, ImmutableArray<ClubQuestion> Questions);

/// <summary>How the mirror's states stand in their columns, as JSON.</summary>
internal static class ClubState
{
    public static string Write(TopicFacts topic) => JsonSerializer.Serialize(topic);

    public static TopicFacts ReadTopic(string text) => JsonSerializer.Deserialize<TopicFacts>(text)
        ?? throw new InvalidDataException("a topic of the mirror is null");

    public static string Write(ClubPost post) => JsonSerializer.Serialize(new PostState(
        post.Facts, post.Life, [.. post.Likes.Select(like => new LikeState(like.Key, like.Value))]));

    /// <summary>Without its topic and what it has given.</summary>
    public static ClubPost ReadPost(long id, string text)
    {
        var state = JsonSerializer.Deserialize<PostState>(text)
            ?? throw new InvalidDataException("a post of the mirror is null");
        return ClubPost.Unknown(id) with
        {
            Facts = state.Facts,
            Life = state.Life,
            Likes = state.Likes.ToImmutableSortedDictionary(like => like.Liker, like => like.Facts),
        };
    }

    private sealed record PostState(PostFacts? Facts, Life? Life, ImmutableArray<LikeState> Likes);

    private sealed record LikeState(long Liker, LikeFacts Facts);
}

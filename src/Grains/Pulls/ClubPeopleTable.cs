using Npgsql;
using Stk.Grains.Sources;
using Stk.Sources.Discourse;
using Stk.Storage.Sql;

namespace Stk.Grains.Pulls;

/// <summary>
/// Table <c>sources.club_people</c>, and what the mirror knows that a read of the club is held against.
/// </summary>
internal sealed class ClubPeopleTable(NpgsqlDataSource database)
{
    private const string PutSql = """
        INSERT INTO sources.club_people (source_id, person, name, active_at)
        SELECT $1, person, name, at FROM unnest($2::bigint[], $3::text[], $4::timestamptz[]) AS one (person, name, at)
        ON CONFLICT (source_id, person) DO UPDATE
        SET name = excluded.name, active_at = greatest(club_people.active_at, excluded.active_at)
        """;

    private const string ActiveSql = """
        SELECT person, name FROM sources.club_people
        WHERE source_id = $1 AND (active_at >= $2 OR person = ANY($3)) ORDER BY person
        """;

    private const string StandingSql = """
        SELECT post FROM sources.club_given
        WHERE source_id = $1 AND role = 1 AND alive AND at >= $2 AND at < $3 ORDER BY post
        """;

    private const string LikesSql = """
        SELECT post, at FROM sources.club_given
        WHERE source_id = $1 AND role = 3 AND actor = $2 AND alive AND at >= $3
        """;

    private const string GivenSql = """
        SELECT uuid, alive FROM sources.club_given WHERE source_id = $1 AND at >= $2 AND at < $3
        """;

    private const string FirstAfterSql = """
        SELECT min(post) FROM sources.club_given WHERE source_id = $1 AND role = 1 AND at >= $2
        """;

    private const string OfPersonSql = """
        SELECT post FROM sources.club_given
        WHERE source_id = $1 AND actor = $2 AND role = 1 ORDER BY alive DESC, at DESC LIMIT 1
        """;

    private const string PostSql = "SELECT state::text FROM sources.club_posts WHERE source_id = $1 AND post = $2";

    /// <summary>Who was seen, by which name, and when he did what he was seen by.</summary>
    public async Task Put(
        int source, IReadOnlyCollection<(long Person, string Name, DateTimeOffset At)> seen, CancellationToken cancellation)
    {
        // Of one page, in which a name is of one moment.
        var rows = seen.GroupBy(one => one.Person).Select(one => one.MaxBy(last => last.At)).ToList();
        await using var command = database.CreateCommand(PutSql)
            .With(source).With(rows.Column(row => row.Person)).With(rows.Column(row => row.Name))
            .With(rows.Column(row => row.At.ToUniversalTime()));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Who has done something since, and whoever is named.</summary>
    public async Task<IReadOnlyList<(long Person, string Name)>> Active(
        int source, DateTimeOffset since, IReadOnlyCollection<long> named, CancellationToken cancellation)
    {
        var people = new List<(long, string)>();
        await using var command = database.CreateCommand(ActiveSql)
            .With(source).With(since.ToUniversalTime()).With(named.ToArray());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            people.Add((row.GetInt64(0), row.GetString(1)));
        }

        return people;
    }

    /// <summary>Posts of a time that stand by the mirror.</summary>
    public async Task<IReadOnlyList<long>> Standing(
        int source, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var posts = new List<long>();
        await using var command = database.CreateCommand(StandingSql)
            .With(source).With(from.ToUniversalTime()).With(to.ToUniversalTime());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            posts.Add(row.GetInt64(0));
        }

        return posts;
    }

    /// <summary>What somebody likes by the mirror, of likes from an instant on: by post.</summary>
    public async Task<Dictionary<long, LikeFacts>> Likes(
        int source, long liker, DateTimeOffset since, CancellationToken cancellation)
    {
        var likes = new Dictionary<long, LikeFacts>();
        await using var command = database.CreateCommand(LikesSql)
            .With(source).With(liker).With(since.ToUniversalTime());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            likes.Add(row.GetInt64(0), new(true, row.Instant(1), default));
        }

        return likes;
    }

    /// <summary>The events that the mirror has given of a time, and those of them that stand.</summary>
    public async Task<(IReadOnlyCollection<Guid> All, IReadOnlyCollection<Guid> Alive)> Given(
        int source, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellation)
    {
        var (all, alive) = (new List<Guid>(), new List<Guid>());
        await using var command = database.CreateCommand(GivenSql)
            .With(source).With(from.ToUniversalTime()).With(to.ToUniversalTime());
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            all.Add(row.GetGuid(0));
            if (row.GetBoolean(1))
            {
                alive.Add(row.GetGuid(0));
            }
        }

        return (all, alive);
    }

    /// <summary>The first post that is known from an instant on; null where none is.</summary>
    public async Task<long?> FirstAfter(int source, DateTimeOffset at, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(FirstAfterSql).With(source).With(at.ToUniversalTime());
        return await command.ExecuteScalarAsync(cancellation) as long?;
    }

    /// <summary>
    /// A post that somebody has written, rather one that stands: who asks for it learns his name. Null: there is none.
    /// </summary>
    public async Task<long?> PostOf(int source, long person, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(OfPersonSql).With(source).With(person);
        return (long?)await command.ExecuteScalarAsync(cancellation);
    }

    /// <summary>A post as the club would say it where it is gone for good; null where nothing is known of it.</summary>
    public async Task<ClubSight.Post?> Gone(int source, long post, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(PostSql).With(source).With(post);
        return await command.ExecuteScalarAsync(cancellation) is string state
            && ClubState.ReadPost(post, state).Facts is { } facts
                ? new(post, facts.Topic, facts.Number, facts.Author, facts.At, facts.Counts)
                {
                    IsDeleted = true,
                    AnswersName = facts.AnswersName,
                    Receiver = facts.Receiver,
                }
                : null;
    }
}

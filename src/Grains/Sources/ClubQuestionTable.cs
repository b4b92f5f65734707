using Npgsql;
using Stk.Sources.Discourse;
using Stk.Storage.Sql;

namespace Stk.Grains.Sources;

/// <summary>
/// Table <c>sources.club_questions</c>: what the club is to be asked, and in <c>club_people</c> by which name.
/// </summary>
internal sealed class ClubQuestionTable(NpgsqlDataSource database)
{
    private const short OfPost = 1;
    private const short OfTopic = 2;
    private const short OfLikes = 3;

    // Nobody answers for a source that is never asked.
    private const string AddSql = """
        INSERT INTO sources.club_questions (source_id, kind, id)
        SELECT DISTINCT $1, kind, one.id FROM unnest($2::smallint[], $3::bigint[]) AS one (kind, id)
            JOIN activity.sources source ON source.id = $1 AND json_typeof(settings -> 'pull') = 'object'
        ON CONFLICT (source_id, kind, id) DO UPDATE SET asked_at = now()
        """;

    private const string NameSql = """
        INSERT INTO sources.club_people (source_id, person, name, active_at)
        SELECT $1, person, name, '-infinity' FROM unnest($2::bigint[], $3::text[]) AS one (person, name)
        ON CONFLICT (source_id, person) DO UPDATE SET name = excluded.name WHERE club_people.name <> excluded.name
        """;

    private const string WantSql = """
        UPDATE sources.pulls SET wanted_at = now(), next_at = least(next_at, now()) WHERE source_id = $1 AND failures = 0
        """;

    private const string ReadSql = """
        SELECT kind, id, asked_at FROM sources.club_questions WHERE source_id = $1 ORDER BY asked_at LIMIT 1000
        """;

    private const string DeleteSql = """
        DELETE FROM sources.club_questions
        USING unnest($2::smallint[], $3::bigint[], $4::timestamptz[]) AS one (kind, id, at)
        WHERE source_id = $1 AND club_questions.kind = one.kind AND club_questions.id = one.id AND asked_at = one.at
        """;

    /// <summary>The club is asked as soon as a silo can. A source that fails is left alone all the same.</summary>
    public async Task Add(int source, IReadOnlyList<ClubQuestion> questions, CancellationToken cancellation)
    {
        if (questions.Count == 0)
        {
            return;
        }

        var rows = questions.Distinct().Select(question => question switch
        {
            ClubQuestion.Post post => (Kind: OfPost, Id: post.Id),
            ClubQuestion.Topic topic => (Kind: OfTopic, Id: topic.Id),
            ClubQuestion.Likes likes => (Kind: OfLikes, Id: likes.Liker),
            _ => throw new ArgumentException("whose a name is, is asked with a post", nameof(questions)),
        }).ToList();
        var people = questions.OfType<ClubQuestion.Likes>().DistinctBy(one => one.Liker).ToList();
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(NameSql)
            .With(source).With(people.Column(one => one.Liker)).With(people.Column(one => one.Name)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(AddSql)
            .With(source).With(rows.Column(row => row.Kind)).With(rows.Column(row => row.Id)));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(WantSql).With(source));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    public async Task<IReadOnlyList<OpenQuestion>> Read(int source, CancellationToken cancellation)
    {
        var questions = new List<OpenQuestion>();
        await using var command = database.CreateCommand(ReadSql).With(source);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
        {
            questions.Add(new(row.GetInt16(0), row.GetInt64(1), row.Instant(2)));
        }

        return questions;
    }

    /// <summary>They have been answered; one that has come again since stays.</summary>
    public async Task Delete(int source, IReadOnlyList<OpenQuestion> questions, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(DeleteSql)
            .With(source).With(questions.Column(one => one.Kind)).With(questions.Column(one => one.Id))
            .With(questions.Column(one => one.AskedAt));
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>One that waits for the club.</summary>
    internal sealed record OpenQuestion(short Kind, long Id, DateTimeOffset AskedAt)
    {
        /// <summary>Null where it is about what somebody likes.</summary>
        public ClubQuestion? Question => Kind switch
        {
            OfPost => new ClubQuestion.Post(Id),
            OfTopic => new ClubQuestion.Topic(Id),
            _ => null,
        };
    }
}

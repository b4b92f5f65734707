using System.Globalization;
using Stk.Grains.Sources;
using Stk.Rules.Pulls;
using Stk.Sources.Discourse;

namespace Stk.Grains.Pulls;

/// <summary>One read of a window of a club. Nothing is asked twice in it.</summary>
internal sealed class ClubWalk(
    PullLease held, PullTalk talk, PullWindow window, ClubIntake intake, ClubPeopleTable people,
    CancellationToken cancellation)
{
    // Whoever did something so long before a window is asked what he likes in it.
    private static readonly TimeSpan ActiveWithin = TimeSpan.FromDays(60);

    private readonly ClubSource _club = new(held.SourceId, held.Name, held.Settings.Namespace);
    private readonly HashSet<long> _listed = [];
    private readonly HashSet<ClubQuestion> _answered = [];
    private readonly Dictionary<string, long?> _names = new(StringComparer.Ordinal);
    private readonly HashSet<Guid> _found = [];

    /// <summary>Posts and likes of the window, each by the uuid of its first event.</summary>
    public IReadOnlyCollection<Guid> Found => _found;

    /// <summary>
    /// From the newest backwards, to where all of a page is older than the window. A back-fill begins at the first post that
    /// is known to be later.
    /// </summary>
    public async Task ReadPosts()
    {
        var before = window.IsBack ? await people.FirstAfter(held.SourceId, window.To, cancellation) : null;
        for (var page = 0; page < PullTalk.PagesMax; page++)
        {
            var askedAt = talk.Now;
            var answer = await talk.Ask(Text($"/posts.json{(before is { } id ? $"?before={id}" : "")}"), null, cancellation);
            var read = Value(ClubAnswers.Posts(answer, held.Settings, before: null), answer);
            if (read.Lowest is not { } lowest || (lowest == before && read.Posts.Length == 1))
            {
                return;
            }

            if (lowest >= before)
            {
                throw new PullStoppedException(PullReasons.Endless);
            }

            var within = read.Posts.Where(post => post.At >= window.From).ToList();
            foreach (var post in within)
            {
                await See(post, askedAt);
            }

            await people.Put(
                held.SourceId,
                [.. within.Where(post => post.Author > 0 && post.AuthorName is not null)
                    .Select(post => (post.Author, post.AuthorName!, post.At))],
                cancellation);
            if (within.Count == 0)
            {
                return;
            }

            before = lowest;
        }

        throw new PullStoppedException(PullReasons.Endless);
    }

    /// <summary>What stands by the mirror and is not listed is deleted, hidden, or of a topic that is.</summary>
    public async Task AskForMissing()
    {
        foreach (var post in await people.Standing(held.SourceId, window.From, window.To, cancellation))
        {
            if (_listed.Contains(post))
            {
                continue;
            }

            if (await Answer(new ClubQuestion.Post(post)) is { IsDeleted: false } seen)
            {
                await Answer(new ClubQuestion.Topic(seen.TopicId));
            }
        }
    }

    /// <summary>What people like, each to where his likes are older than the window.</summary>
    /// <param name="named">Whoever is asked in any case.</param>
    public async Task ReadLikes(IReadOnlyCollection<long> named)
    {
        var since = window.Counts ? window.From - ActiveWithin : window.From;
        foreach (var (person, name) in await people.Active(held.SourceId, since, named, cancellation))
        {
            var read = await LikesOf(person, name);
            if (read is null && await NameNow(person) is { } now && now != name)
            {
                read = await LikesOf(person, now);
            }

            if (read is { } likes)
            {
                await See(likes.Read, likes.AskedAt);
            }
        }
    }

    /// <summary>Asks the club, and takes in what it says.</summary>
    /// <returns>The post, where that was asked and is known.</returns>
    public async Task<ClubSight.Post?> Answer(ClubQuestion question)
    {
        if (!_answered.Add(question))
        {
            return null;
        }

        var askedAt = talk.Now;
        switch (question)
        {
            case ClubQuestion.Post { Id: var id }:
                var answer = await talk.AskOrMissing(Text($"/posts/{id}.json"), null, cancellation);
                var post = answer is null
                    ? await people.Gone(held.SourceId, id, cancellation)
                    : Value(ClubAnswers.Post(answer, held.Settings, id), answer);
                if (post is not null)
                {
                    await See(post, askedAt);
                }

                return post;
            case ClubQuestion.Topic { Id: var id }:
                var said = await talk.AskOrMissing(Text($"/t/{id}.json"), null, cancellation);
                await Take(
                    said is null
                        ? new ClubSight.Topic(id, null, null) { IsDeleted = true }
                        : Value(ClubAnswers.Topic(said, id), said),
                    askedAt);
                return null;
            default:
                return null;
        }
    }

    private async Task See(ClubSight.Post post, DateTimeOffset askedAt)
    {
        if (!post.IsDeleted)
        {
            _listed.Add(post.Id);
        }

        if (post.At >= window.From && post.At < window.To && !post.IsDeleted)
        {
            _found.Add(new DerivedKey(post.Id, post.Author, DerivedRole.Created).Uuid(held.Name, 1));
            talk.Saw(post.At);
        }

        _answered.Add(new ClubQuestion.Post(post.Id));
        var questions = await intake.Learn(_club, post, askedAt, cancellation);
        foreach (var question in questions)
        {
            if (question is not ClubQuestion.User { Name: var name })
            {
                await Answer(question);
            }
            else if (await WhoIs(name) is { } receiver)
            {
                await Take(post with { Receiver = receiver }, askedAt);
            }
        }
    }

    // Whose first question a like or a topic is, the walk has asked or asks itself: of its posts each is seen by itself.
    private async Task Take(ClubSight sight, DateTimeOffset askedAt) =>
        await intake.Learn(_club, sight, askedAt, cancellation);

    private async Task See(LikesRead read, DateTimeOffset askedAt)
    {
        var known = await people.Likes(held.SourceId, read.Liker, window.From, cancellation);
        foreach (var question in read.Questions(known))
        {
            await Answer(question);
        }

        foreach (var like in read.Seen)
        {
            if (like.At < window.To && like.At >= window.From)
            {
                _found.Add(new DerivedKey(like.PostId, like.Liker, DerivedRole.LikeGiven).Uuid(held.Name, 1));
                talk.Saw(like.At);
            }

            if (known.TryGetValue(like.PostId, out var before) && before.At == like.At)
            {
                continue;
            }

            var questions = await intake.Learn(_club, like, askedAt, cancellation);
            if (questions.OfType<ClubQuestion.Post>().FirstOrDefault() is { } unknown && await Answer(unknown) is not null)
            {
                await Take(like, askedAt);
            }
        }

        foreach (var gone in read.Gone(known))
        {
            await Take(gone, askedAt);
        }
    }

    // Null where the name is nobody's, or another's by now.
    private async Task<(LikesRead Read, DateTimeOffset AskedAt)?> LikesOf(long person, string name)
    {
        var askedAt = talk.Now;
        var likes = new List<ClubLike>();
        for (var (page, offset) = (0, 0); page < PullTalk.PagesMax; page++)
        {
            var path = Text($"/user_actions.json?username={Uri.EscapeDataString(name)}&filter=1&offset={offset}");
            if (await talk.AskOrMissing(path, null, cancellation) is not { } answer)
            {
                return null;
            }

            var read = Value(ClubAnswers.Likes(answer), answer);
            likes.AddRange(read.Likes);
            offset += read.Entries;
            if (read.Entries == 0 || read.Likes.Any(like => like.At < window.From))
            {
                // An empty list does not tell whose it is.
                var isHis = likes.Count == 0 ? await WhoIs(name) == person : likes.TrueForAll(like => like.Liker == person);
                if (!isHis)
                {
                    return null;
                }

                var within = likes.Where(like => like.At >= window.From);
                return (new LikesRead(person, window.From, [.. within], ListsDeleted: false), askedAt);
            }
        }

        throw new PullStoppedException(PullReasons.Endless);
    }

    private async Task<long?> WhoIs(string name)
    {
        if (!_names.TryGetValue(name, out var person))
        {
            var answer = await talk.AskOrMissing($"/u/{Uri.EscapeDataString(name)}.json", null, cancellation);
            person = answer is null ? null : Value(ClubAnswers.User(answer), answer).Id;
            _names.Add(name, person);
        }

        return person;
    }

    // Of a post of his: people are meant by their numbers, and a name is only good for asking.
    private async Task<string?> NameNow(long person)
    {
        if (await people.PostOf(held.SourceId, person, cancellation) is not { } id
            || await talk.AskOrMissing(Text($"/posts/{id}.json"), null, cancellation) is not { } answer)
        {
            return null;
        }

        var post = Value(ClubAnswers.Post(answer, held.Settings, id), answer);
        if (post.Author != person || post.AuthorName is not { } name)
        {
            return null;
        }

        await people.Put(held.SourceId, [(person, name, DateTimeOffset.MinValue)], cancellation);
        return name;
    }

    private static T Value<T>(ClubRead<T> read, byte[] answer)
        where T : class => read.Value ?? throw PullTalk.Broken(answer, read.Broken);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

using Stk.Sources.Discourse;

namespace Stk.Sources.Tests.Discourse;

/// <summary>A club in memory: what is true in it, and what it says of it.</summary>
internal sealed class FakeClub
{
    private readonly DateTimeOffset _start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private readonly SortedDictionary<long, FakePost> _posts = [];
    private readonly SortedDictionary<(long Post, long Liker), FakeLike> _likes = [];
    private readonly Dictionary<long, DateTimeOffset?> _topics = [];

    /// <summary>A name to whose it is now; names go from one to another.</summary>
    private readonly Dictionary<string, long> _names = [];

    private int _minutes;

    public DateTimeOffset Now => _start.AddMinutes(_minutes);

    public IEnumerable<long> Posts => _posts.Keys;

    public IEnumerable<long> Likers => _likes.Keys.Select(like => like.Liker).Distinct();

    public void Tick() => _minutes++;

    public static long TopicOf(long post) => 1_000 + (post % 3);

    public static long AuthorOf(long post) => 1 + (post % 5);

    public static long TopicAuthor(long topic) => 1 + (topic % 5);

    /// <summary>Who is answered by name; null: the topic's author.</summary>
    public static long? AnsweredBy(long post) => post % 4 == 1 ? 1 + (post % 3) : null;

    public bool Write(long post)
    {
        Tick();
        return _posts.TryAdd(post, new(Now));
    }

    public void SetDeleted(long post, bool isDeleted)
    {
        Tick();
        if (_posts.TryGetValue(post, out var found))
        {
            found.DeletedAt = isDeleted ? found.DeletedAt ?? Now : null;
        }
    }

    public void SetTopicDeleted(long topic, bool isDeleted)
    {
        Tick();
        _topics[topic] = isDeleted ? _topics.GetValueOrDefault(topic) ?? Now : null;
    }

    /// <summary>A like that comes again after it was taken back has a new time.</summary>
    public void SetLike(long post, long liker, bool isLiked)
    {
        Tick();
        if (!_posts.ContainsKey(post) || liker == AuthorOf(post))
        {
            return;
        }

        var isThere = _likes.ContainsKey((post, liker));
        if (isLiked && !isThere)
        {
            _likes[(post, liker)] = new(Now);
        }
        else if (!isLiked && IsAlive(post))
        {
            // Nothing can be done to what is deleted.
            _likes.Remove((post, liker));
        }
    }

    /// <summary>One gives his name to another.</summary>
    public void Rename(long person)
    {
        Tick();
        foreach (var name in _names.Where(name => name.Value == person).Select(name => name.Key).ToList())
        {
            _names[name] = 1 + (person % 5);
        }
    }

    public string NameOf(long person)
    {
        var name = $"p{person}-{Now:HHmm}";
        _names[name] = person;
        return name;
    }

    public long? WhoIs(string name) => _names.TryGetValue(name, out var person) ? person : null;

    public ClubSight.Post? See(long post) => !_posts.TryGetValue(post, out var found) ? null : new ClubSight.Post(
        post, TopicOf(post), post % 2 == 0 ? 1 : 2, AuthorOf(post), found.WrittenAt, true)
    {
        IsDeleted = found.DeletedAt is not null,
        DeletedAt = found.DeletedAt,
        AnswersName = AnsweredBy(post) is { } answered ? NameOf(answered) : null,
    };

    public ClubSight.Topic SeeTopic(long topic) => new(topic, TopicAuthor(topic), true)
    {
        IsDeleted = _topics.GetValueOrDefault(topic) is not null,
        DeletedAt = _topics.GetValueOrDefault(topic),
    };

    public LikesRead SeeLikes(long liker) => new(
        liker, DateTimeOffset.MinValue,
        [
            .. _likes.Where(like => like.Key.Liker == liker)
                .Select(like => new ClubLike(like.Key.Post, liker, like.Value.At, !IsAlive(like.Key.Post))),
        ],
        ListsDeleted: true);

    /// <summary>The events that its state means: type, person, peer, post and time.</summary>
    public SortedSet<string> Truth()
    {
        var truth = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (post, found) in _posts.Where(post => IsAlive(post.Key)))
        {
            var author = AuthorOf(post);
            if (post % 2 == 0)
            {
                truth.Add(Line("ClubPostCreated", author, null, post, found.WrittenAt));
                continue;
            }

            long? receiver = AnsweredBy(post) ?? TopicAuthor(TopicOf(post));
            receiver = receiver == author ? null : receiver;
            truth.Add(Line("ClubCommentCreated", author, receiver, post, found.WrittenAt));
            if (receiver is { } person)
            {
                truth.Add(Line("ClubCommentReceived", person, author, post, found.WrittenAt));
            }
        }

        foreach (var ((post, liker), like) in _likes)
        {
            truth.Add(Line("ClubLikeGiven", liker, AuthorOf(post), post, like.At));
            if (IsAlive(post))
            {
                truth.Add(Line("ClubLikeReceived", AuthorOf(post), liker, post, like.At));
            }
        }

        return truth;
    }

    public static string Line(string type, long person, long? peer, long post, DateTimeOffset at) =>
        $"{type} of {person} with {peer} about {post} at {at:O}";

    private bool IsAlive(long post) =>
        _posts[post].DeletedAt is null && _topics.GetValueOrDefault(TopicOf(post)) is null;

    private sealed class FakePost(DateTimeOffset writtenAt)
    {
        public DateTimeOffset WrittenAt => writtenAt;

        public DateTimeOffset? DeletedAt { get; set; }
    }

    private sealed record FakeLike(DateTimeOffset At);
}

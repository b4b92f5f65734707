using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Stk.Testing.Channels;

namespace Stk.Testing.Sources;

/// <summary>
/// A Discourse: people with names that change hands, topics, posts and likes, what its webhooks say of them, and the answers
/// of its API in the forms and pages of the real one. Deleted posts are shown to who asks for them and listed to nobody.
/// </summary>
public sealed class FakeClub : IAsyncDisposable
{
    /// <summary>Entries of a page of <c>user_actions.json</c>.</summary>
    public const int LikesPage = 30;

    private readonly Lock _lock = new();
    private readonly SortedDictionary<long, Post> _posts = [];
    private readonly SortedDictionary<(long Post, long Liker), DateTimeOffset> _likes = [];
    private readonly Dictionary<long, Topic> _topics = [];
    private readonly Dictionary<long, string> _names = [];
    private readonly string _key;
    private long _next = 700;

    public FakeClub(string key)
    {
        _key = key;
        Sink = new() { Answers = Answer };
    }

    public HttpSink Sink { get; }

    public string Address => $"http://127.0.0.1:{Sink.Port}";

    /// <summary>Posts of a page of <c>posts.json</c>; the real one's are 50.</summary>
    public int PostsPage { get; set; } = 50;

    /// <summary>What is answered instead; null: the truth.</summary>
    public Func<SunkRequest, SinkAnswer?>? Instead { get; set; }

    public ImmutableArray<long> Posts
    {
        get
        {
            lock (_lock)
            {
                return [.. _posts.Keys];
            }
        }
    }

    public ValueTask DisposeAsync() => Sink.DisposeAsync();

    /// <summary>Whether it was ever opened.</summary>
    public bool HasTopic(int topic)
    {
        lock (_lock)
        {
            return _topics.ContainsKey(topic);
        }
    }

    /// <summary>Who is not known yet is called by his number.</summary>
    public void Rename(long person, string name)
    {
        lock (_lock)
        {
            _names[person] = name;
        }
    }

    /// <returns>The number of the topic's first post.</returns>
    public long Open(long topic, long author, DateTimeOffset at)
    {
        lock (_lock)
        {
            _topics[topic] = new(author);
            return Add(topic, author, at, null);
        }
    }

    /// <param name="answered">Whom it answers; null: the topic's author.</param>
    public long Reply(long topic, long author, DateTimeOffset at, long? answered = null)
    {
        lock (_lock)
        {
            return Add(topic, author, at, answered);
        }
    }

    public void SetDeleted(long post, DateTimeOffset? at)
    {
        lock (_lock)
        {
            _posts[post].DeletedAt = at;
        }
    }

    public void SetTopicDeleted(long topic, DateTimeOffset? at)
    {
        lock (_lock)
        {
            _topics[topic].DeletedAt = at;
        }
    }

    /// <returns>False where nobody can like it, or he does already.</returns>
    public bool Like(long post, long liker, DateTimeOffset at)
    {
        lock (_lock)
        {
            return IsAlive(_posts[post]) && _posts[post].Author != liker && _likes.TryAdd((post, liker), at);
        }
    }

    /// <summary>
    /// Nothing tells of it but that it is not listed any more. Nothing can be done to what is deleted.
    /// </summary>
    public void TakeLikeBack(long post, long liker)
    {
        lock (_lock)
        {
            if (IsAlive(_posts[post]))
            {
                _likes.Remove((post, liker));
            }
        }
    }

    /// <summary>The body of the webhook of a post, as it is now.</summary>
    public string PostWebhook(long post)
    {
        lock (_lock)
        {
            return JsonSerializer.Serialize(new { post = Say(_posts[post]) });
        }
    }

    /// <summary>The body of the webhook of a topic that was deleted or recovered.</summary>
    public string TopicWebhook(long topic)
    {
        lock (_lock)
        {
            return JsonSerializer.Serialize(new { topic = Say(topic) });
        }
    }

    /// <summary>The body of the webhook of a like: without a time and without an id.</summary>
    public string LikeWebhook(long post, long liker)
    {
        lock (_lock)
        {
            return JsonSerializer.Serialize(
                new { like = new { post = Say(_posts[post]), user = new { id = liker, username = NameOf(liker) } } });
        }
    }

    /// <summary>The value of the header that signs a body.</summary>
    public static string Sign(string secret, string body) => "sha256=" + Convert.ToHexStringLower(
        HMACSHA256.HashData(Encoding.ASCII.GetBytes(secret), Encoding.UTF8.GetBytes(body)));

    /// <summary>The events that its state means, in order: type, person and time.</summary>
    public ImmutableArray<string> Truth()
    {
        lock (_lock)
        {
            var truth = new List<string>();
            foreach (var post in _posts.Values.Where(IsAlive))
            {
                var isFirst = post.Number == 1;
                truth.Add(Line(isFirst ? "ClubPostCreated" : "ClubCommentCreated", post.Author, post.At));
                var receiver = post.Answered ?? _topics[post.Topic].Author;
                if (!isFirst && receiver != post.Author)
                {
                    truth.Add(Line("ClubCommentReceived", receiver, post.At));
                }
            }

            foreach (var ((post, liker), at) in _likes)
            {
                truth.Add(Line("ClubLikeGiven", liker, at));
                if (IsAlive(_posts[post]))
                {
                    truth.Add(Line("ClubLikeReceived", _posts[post].Author, at));
                }
            }

            return [.. truth.Order(StringComparer.Ordinal)];
        }
    }

    private static string Line(string type, long person, DateTimeOffset at) =>
        string.Create(CultureInfo.InvariantCulture, $"{type} club:{person} {at.UtcDateTime:yyyy-MM-dd HH:mm:ss}");

    private long Add(long topic, long author, DateTimeOffset at, long? answered)
    {
        var id = ++_next;
        _posts.Add(id, new(id, topic, ++_topics[topic].Numbers, author, at, answered));
        return id;
    }

    private bool IsAlive(Post post) => post.DeletedAt is null && _topics[post.Topic].DeletedAt is null;

    private string NameOf(long person) => _names.GetValueOrDefault(person) ?? $"p{person}";

    private long? WhoIs(string name) =>
        _names.Where(entry => entry.Value == name).Select(entry => (long?)entry.Key).FirstOrDefault()
        ?? (name.StartsWith('p') && long.TryParse(name.AsSpan(1), CultureInfo.InvariantCulture, out var person)
            && !_names.ContainsKey(person) ? person : null);

    private SinkAnswer Answer(SunkRequest request)
    {
        if (Instead?.Invoke(request) is { } answer)
        {
            return answer;
        }

        if (request.Headers.GetValueOrDefault("api-key") != _key || !request.Headers.ContainsKey("api-username"))
        {
            return SinkAnswer.Json("""{"errors":["You are not permitted to view the requested resource."]}""", 403);
        }

        var asked = new Uri($"http://club{request.Path}");
        var query = HttpUtility.ParseQueryString(asked.Query);
        object? said;
        lock (_lock)
        {
            said = asked.AbsolutePath.Trim('/').Split('/') switch
            {
                ["posts.json"] => Listed(query["before"]),
                ["posts", var id] => _posts.TryGetValue(Number(id), out var post) ? Say(post) : null,
                ["t", var id] => _topics.ContainsKey(Number(id)) ? Say(Number(id)) : null,
                ["u", var name] => WhoIs(Uri.UnescapeDataString(name)[..^".json".Length]) is { } person
                    ? new { user = new { id = person, username = NameOf(person) } } : null,
                ["user_actions.json"] when query["filter"] == "1" => WhoIs(query["username"] ?? "") is { } person
                    ? Likes(person, int.Parse(query["offset"] ?? "0", CultureInfo.InvariantCulture)) : null,
                _ => null,
            };
        }

        return said is null
            ? SinkAnswer.Json("""{"errors":["not found"]}""", 404)
            : SinkAnswer.Json(JsonSerializer.Serialize(said));
    }

    private static long Number(string file) => long.Parse(file.Split('.')[0], CultureInfo.InvariantCulture);

    private object Listed(string? before)
    {
        var most = before is null ? long.MaxValue : long.Parse(before, CultureInfo.InvariantCulture);
        return new
        {
            latest_posts = _posts.Values.Where(post => post.Id < most && IsAlive(post)).OrderByDescending(post => post.Id)
                .Take(PostsPage).Select(Say),
        };
    }

    private object Likes(long liker, int offset) => new
    {
        // What is liked of what was deleted is listed to staff alone.
        user_actions = _likes.Where(like => like.Key.Liker == liker).OrderByDescending(like => like.Value)
            .Skip(offset).Take(LikesPage).Select(like => new
            {
                action_type = 1,
                created_at = Time(like.Value),
                topic_id = _posts[like.Key.Post].Topic,
                post_id = like.Key.Post,
                user_id = _posts[like.Key.Post].Author,
                username = NameOf(_posts[like.Key.Post].Author),
                acting_user_id = liker,
                acting_username = NameOf(liker),
                deleted = !IsAlive(_posts[like.Key.Post]),
                hidden = false,
            }),
    };

    private object Say(Post post) => new
    {
        id = post.Id,
        username = NameOf(post.Author),
        created_at = Time(post.At),
        post_number = post.Number,
        post_type = 1,
        topic_id = post.Topic,
        category_id = 4,
        user_id = post.Author,
        hidden = false,
        deleted_at = Time(post.DeletedAt),
        user_deleted = false,
        topic_archetype = "regular",
        reply_to_user = post.Answered is { } answered ? new { username = NameOf(answered) } : null,
    };

    private object Say(long topic) => new
    {
        id = topic,
        archetype = "regular",
        deleted_at = Time(_topics[topic].DeletedAt),
        details = new { created_by = new { id = _topics[topic].Author, username = NameOf(_topics[topic].Author) } },
    };

    private static string? Time(DateTimeOffset? at) =>
        at?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private sealed class Topic(long author)
    {
        public long Author => author;

        public int Numbers { get; set; }

        public DateTimeOffset? DeletedAt { get; set; }
    }

    private sealed class Post(long id, long topic, int number, long author, DateTimeOffset at, long? answered)
    {
        public long Id => id;

        public long Topic => topic;

        public int Number => number;

        public long Author => author;

        public DateTimeOffset At => at;

        public long? Answered => answered;

        public DateTimeOffset? DeletedAt { get; set; }
    }
}

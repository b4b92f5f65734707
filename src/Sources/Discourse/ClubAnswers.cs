using System.Collections.Immutable;
using System.Text.Json;
using Stk.Rules.Objections;
using Stk.Rules.Sources;
using Stk.Sources.Reading;

namespace Stk.Sources.Discourse;

/// <summary>
/// Reads what the club answers. An answer that is not of the form is no answer: the pull stops and nothing moves.
/// </summary>
public static class ClubAnswers
{
    /// <summary>Unit: entries of one page.</summary>
    public const int MaxPage = 1_000;

    private const int LikeAction = 1;

    /// <summary><c>GET /posts.json?before=ID</c>: public posts, the newest first.</summary>
    /// <param name="before">What was asked for: a page that does not go on below it is none; null for the first page.</param>
    public static ClubRead<ClubPostPage> Posts(ReadOnlyMemory<byte> body, SourceSettings settings, long? before)
    {
        using var document = ForeignJson.TryParse(body);
        var list = ForeignJson.Member(document?.RootElement ?? default, "latest_posts");
        if (!IsPage(list))
        {
            return new Objection("latest_posts", "must be an array of at most 1,000 posts");
        }

        var posts = ImmutableArray.CreateBuilder<ClubSight.Post>();
        foreach (var item in list.EnumerateArray())
        {
            var read = ClubReading.Post(item, settings, "latest_posts", isListed: true);
            if (read.Value is not { } post)
            {
                return read.Broken;
            }

            posts.Add(post);
        }

        long? lowest = posts.Count == 0 ? null : posts.Min(post => post.Id);
        return lowest >= before
            ? new Objection("latest_posts", "must go on below the id that was asked for")
            : new ClubPostPage(posts.ToImmutable(), lowest);
    }

    /// <summary><c>GET /posts/ID.json</c>.</summary>
    public static ClubRead<ClubSight.Post> Post(ReadOnlyMemory<byte> body, SourceSettings settings, long id)
    {
        using var document = ForeignJson.TryParse(body);
        var read = ClubReading.Post(document?.RootElement ?? default, settings, "post", isListed: false);
        return read.Value is { } post && post.Id != id ? new Objection("id", "must be the one that was asked for") : read;
    }

    /// <summary><c>GET /t/ID.json</c>.</summary>
    public static ClubRead<ClubSight.Topic> Topic(ReadOnlyMemory<byte> body, long id)
    {
        using var document = ForeignJson.TryParse(body);
        var read = ClubReading.Topic(document?.RootElement ?? default, "topic");
        return read.Value is { } topic && topic.Id != id ? new Objection("id", "must be the one that was asked for") : read;
    }

    /// <summary><c>GET /u/NAME.json</c>.</summary>
    public static ClubRead<ClubUser> User(ReadOnlyMemory<byte> body)
    {
        using var document = ForeignJson.TryParse(body);
        var user = ForeignJson.Member(document?.RootElement ?? default, "user");
        return ForeignJson.TryWhole(ForeignJson.Member(user, "id")) is { } id
            && ForeignJson.TryText(ForeignJson.Member(user, "username")) is { Length: > 0 and <= ClubReading.MaxName } name
                ? new ClubUser(id, name)
                : new Objection("user", "must have an id and a username");
    }

    /// <summary><c>GET /user_actions.json?username=NAME&amp;filter=1&amp;offset=N</c>: likes, the newest first.</summary>
    public static ClubRead<ClubLikePage> Likes(ReadOnlyMemory<byte> body)
    {
        using var document = ForeignJson.TryParse(body);
        var list = ForeignJson.Member(document?.RootElement ?? default, "user_actions");
        if (!IsPage(list))
        {
            return new Objection("user_actions", "must be an array of at most 1,000 likes");
        }

        var likes = ImmutableArray.CreateBuilder<ClubLike>();
        foreach (var item in list.EnumerateArray())
        {
            if (ForeignJson.TryWhole(ForeignJson.Member(item, "action_type")) is not { } action
                || ForeignJson.TryWhole(ForeignJson.Member(item, "acting_user_id")) is not { } liker
                || ClubReading.Whole(item, "post_id", least: 1) is not { } post
                || ForeignJson.TryInstant(ForeignJson.Member(item, "created_at")) is not { } at
                || ForeignJson.TryFlag(ForeignJson.Member(item, "deleted")) is not { } isDeleted)
            {
                return new Objection(
                    "user_actions", "must have action_type, acting_user_id, post_id, created_at and deleted in each entry");
            }

            if (action == LikeAction)
            {
                likes.Add(new(post, liker, at, isDeleted));
            }
        }

        return new ClubLikePage(likes.ToImmutable(), list.GetArrayLength());
    }

    private static bool IsPage(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= MaxPage;
}

using System.Collections.Immutable;

namespace Stk.Sources.Discourse;

/// <summary>A whole read of one person's likes from an instant on: nothing else shows that one was taken back.</summary>
/// <param name="Liker">Whose they are.</param>
/// <param name="Since">All likes from it on have been read.</param>
/// <param name="Likes">Of the pages, in any order.</param>
/// <param name="ListsDeleted">Whether the list has likes of deleted posts: who asks as staff is shown them.</param>
public sealed record LikesRead(long Liker, DateTimeOffset Since, ImmutableArray<ClubLike> Likes, bool ListsDeleted)
{
    /// <summary>
    /// Whether the read is of this person: a name can be another's by now. An empty list does not tell: whoever asks by a
    /// name asks first whose it is.
    /// </summary>
    public bool IsOfLiker => Likes.All(like => like.Liker == Liker);

    /// <summary>What was seen, one for each like.</summary>
    public ImmutableArray<ClubSight.Like> Seen =>
        [.. Likes.Where(like => like.Liker == Liker).Select(like => new ClubSight.Like(like.Post, Liker, like.At))];

    /// <summary>What the read does not have of what is known and lies within it.</summary>
    /// <param name="known">Likes of this person that are alive in the mirror, by post.</param>
    public ImmutableArray<ClubSight.LikeGone> Gone(IReadOnlyDictionary<long, LikeFacts> known)
    {
        var listed = Likes.Select(like => like.Post).ToHashSet();
        return IsOfLiker
            ? [
                .. known.Where(like => like.Value.IsAlive && like.Value.At >= Since && !listed.Contains(like.Key))
                    .Select(like => new ClubSight.LikeGone(like.Key, Liker, ListsDeleted)).OrderBy(gone => gone.PostId),
            ]
            : [];
    }

    /// <summary>Posts to ask for before what is gone is believed, and those that the list calls deleted.</summary>
    public ImmutableArray<ClubQuestion> Questions(IReadOnlyDictionary<long, LikeFacts> known) =>
        [
            .. Gone(known).Select(gone => gone.PostId)
                .Concat(Likes.Where(like => like.IsPostDeleted).Select(like => like.Post))
                .Distinct().Order().Select(post => new ClubQuestion.Post(post)),
        ];
}

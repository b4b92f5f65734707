namespace Stk.Sources.Discourse;

/// <summary>The types of events that the club gives.</summary>
public static class ClubEvents
{
    public const string PostCreated = "ClubPostCreated";
    public const string CommentCreated = "ClubCommentCreated";
    public const string CommentReceived = "ClubCommentReceived";
    public const string LikeGiven = "ClubLikeGiven";
    public const string LikeReceived = "ClubLikeReceived";
}

using System.Collections.Immutable;

namespace Stk.Sources.Discourse;

/// <summary>A page of posts.</summary>
/// <param name="Posts">In the order of the page.</param>
/// <param name="Lowest">Of their ids: the next page is asked for before it; null where there is none.</param>
public sealed record ClubPostPage(ImmutableArray<ClubSight.Post> Posts, long? Lowest);

/// <summary>Whose a name is at this moment.</summary>
public sealed record ClubUser(long Id, string Name);

/// <summary>A like as the list has it.</summary>
/// <param name="IsPostDeleted">Whether the list says so of the post.</param>
public sealed record ClubLike(long Post, long Liker, DateTimeOffset At, bool IsPostDeleted);

/// <summary>A page of likes.</summary>
/// <param name="Likes">The newest first.</param>
/// <param name="Entries">Of the page, whatever they are: the next page's offset grows by it; 0 ends the list.</param>
public sealed record ClubLikePage(ImmutableArray<ClubLike> Likes, int Entries);

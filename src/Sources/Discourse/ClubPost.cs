using System.Collections.Immutable;

namespace Stk.Sources.Discourse;

/// <summary>A post with its likes, as the mirror knows it: all that decides which of its events stand.</summary>
/// <param name="Id">Discourse's number of the post.</param>
/// <param name="Facts">Null where only likes of it have been seen.</param>
/// <param name="Life">Likewise.</param>
/// <param name="Topic">Null where nothing was seen of it: it lives then.</param>
/// <param name="Likes">By liker.</param>
/// <param name="Given">What it has given so far.</param>
public sealed record ClubPost(
    long Id, PostFacts? Facts, Life? Life, TopicFacts? Topic, ImmutableSortedDictionary<long, LikeFacts> Likes,
    ImmutableSortedDictionary<DerivedKey, Derived> Given)
{
    public static ClubPost Unknown(long id) => new(
        id, null, null, null, ImmutableSortedDictionary<long, LikeFacts>.Empty,
        ImmutableSortedDictionary<DerivedKey, Derived>.Empty);

    /// <summary>Whether it is of those that give events; null where its topic must be asked for.</summary>
    public bool? Counts => Facts is not { } facts ? null : facts.Counts ?? Topic?.IsRegular;

    /// <summary>Whom it answers; null where that is not known, and of the first post of a topic.</summary>
    public long? Receiver => Facts is not { Number: > 1 } facts ? null
        : facts.AnswersName is null ? Topic?.Author
        : facts.Receiver;

    /// <summary>Whether the post and its topic are there.</summary>
    public bool IsAlive => Life is { IsAlive: true } && Topic is not { Life.IsAlive: false };
}

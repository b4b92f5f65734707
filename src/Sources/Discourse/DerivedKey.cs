using System.Globalization;
using Stk.Rules.Causes;

namespace Stk.Sources.Discourse;

/// <summary>What an object gives to one of those whom it concerns. Stored: never renumber.</summary>
public enum DerivedRole
{
    /// <summary>To who wrote a post or comment.</summary>
    Created = 1,

    /// <summary>To whom a comment answers.</summary>
    Received = 2,

    /// <summary>To who likes.</summary>
    LikeGiven = 3,

    /// <summary>To whose post is liked.</summary>
    LikeReceived = 4,
}

/// <summary>One thing that an object of the club gives, if it gives it.</summary>
/// <param name="Post">Discourse's number of the post.</param>
/// <param name="Actor">Who did it: the author of a post, the liker of a like.</param>
public readonly record struct DerivedKey(long Post, long Actor, DerivedRole Role) : IComparable<DerivedKey>
{
    /// <summary>The uuid of its event: the same thing, however it was seen, is one event.</summary>
    /// <param name="source">The source's name.</param>
    /// <param name="generation">1 for the first time, more for each time that it came again.</param>
    public Guid Uuid(string source, int generation) => Uuid(source, generation, isRetraction: false);

    /// <summary>The uuid of the retraction of that event.</summary>
    public Guid RetractionUuid(string source, int generation) => Uuid(source, generation, isRetraction: true);

    public int CompareTo(DerivedKey other) =>
        (Post, Role, Actor).CompareTo((other.Post, other.Role, other.Actor));

    public static bool operator <(DerivedKey left, DerivedKey right) => left.CompareTo(right) < 0;

    public static bool operator <=(DerivedKey left, DerivedKey right) => left.CompareTo(right) <= 0;

    public static bool operator >(DerivedKey left, DerivedKey right) => left.CompareTo(right) > 0;

    public static bool operator >=(DerivedKey left, DerivedKey right) => left.CompareTo(right) >= 0;

    // The words are for ever: ids are made of them.
    private Guid Uuid(string source, int generation, bool isRetraction) => CauseId.Of(
        "source-event", source, Role is DerivedRole.Created or DerivedRole.Received ? "post" : "like",
        Post.ToString(CultureInfo.InvariantCulture), Actor.ToString(CultureInfo.InvariantCulture),
        Role switch
        {
            DerivedRole.Created => "created",
            DerivedRole.Received => "received",
            DerivedRole.LikeGiven => "given",
            _ => "like-received",
        },
        generation.ToString(CultureInfo.InvariantCulture), isRetraction ? "taken-back" : "");
}

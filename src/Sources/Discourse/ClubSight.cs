namespace Stk.Sources.Discourse;

/// <summary>Something that was seen of the club. A closed set.</summary>
public abstract record ClubSight
{
    private ClubSight()
    {
    }

    /// <summary>A post or a comment.</summary>
    /// <param name="Id">Discourse's number of the post.</param>
    /// <param name="TopicId">Discourse's number of the topic.</param>
    /// <param name="Number">In the topic; 1 is its first post.</param>
    /// <param name="Author">Below 1: the system or a robot.</param>
    /// <param name="At">When it was written.</param>
    /// <param name="Counts">
    /// Whether it is of those that give events, deleted or not; null where it is, if its topic is no private message.
    /// </param>
    public sealed record Post(long Id, long TopicId, int Number, long Author, DateTimeOffset At, bool? Counts) : ClubSight
    {
        /// <summary>Whether it says of itself that it is deleted.</summary>
        public bool IsDeleted { get; init; }

        /// <summary>Null where it is not deleted, or does not say when.</summary>
        public DateTimeOffset? DeletedAt { get; init; }

        /// <summary>Whom it answers by name. A name is only good for asking whose it is now.</summary>
        public string? AnswersName { get; init; }

        /// <summary>By which name one asks for what the author likes; null where it is not said.</summary>
        public string? AuthorName { get; init; }

        /// <summary>Whose that name is: put in once the club has said so; null where it has not.</summary>
        public long? Receiver { get; init; }
    }

    /// <summary>A topic.</summary>
    /// <param name="Author">Null where it does not say so.</param>
    /// <param name="IsRegular">Whether it is no private message; null where it does not say so.</param>
    public sealed record Topic(long Id, long? Author, bool? IsRegular) : ClubSight
    {
        public bool IsDeleted { get; init; }

        public DateTimeOffset? DeletedAt { get; init; }
    }

    /// <summary>A like with its time, as the club's list of likes has it.</summary>
    /// <param name="PostId">Discourse's number of the post.</param>
    /// <param name="Liker">Who likes.</param>
    /// <param name="At">When it was given.</param>
    public sealed record Like(long PostId, long Liker, DateTimeOffset At) : ClubSight;

    /// <summary>A like that a whole read of its liker's does not have.</summary>
    /// <param name="IsSure">
    /// Whether that list has likes of deleted posts too, as staff is shown them. Else it is believed of a post that lives,
    /// because the liker keeps what he gave to one that does not: so the post is asked for first.
    /// </param>
    public sealed record LikeGone(long PostId, long Liker, bool IsSure) : ClubSight;
}

using Stk.Rules.Objections;

namespace Stk.Sources.Discourse;

/// <summary>What the body of a webhook of the club means. A closed set.</summary>
public abstract record ClubDelivery
{
    private ClubDelivery()
    {
    }

    /// <summary>A post or a topic was seen: for the mirror, as a hint.</summary>
    public sealed record Seen(ClubSight Sight) : ClubDelivery;

    /// <summary>Something is to be asked, and nothing is given before the answer.</summary>
    public sealed record Ask(ClubQuestion Question) : ClubDelivery;

    /// <summary>Gives nothing: a ping, a like of one's own post, what we do not use.</summary>
    public sealed record Nothing : ClubDelivery;

    /// <summary>Not of the club's form.</summary>
    public sealed record Unreadable(Objection Objection) : ClubDelivery;
}

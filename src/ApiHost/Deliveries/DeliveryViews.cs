using System.Collections.Immutable;
using Stk.GrainInterfaces.Deliveries;
using Stk.Rules.Notices;

namespace Stk.ApiHost.Deliveries;

/// <summary>Something that could not be delivered.</summary>
/// <param name="Notice">The notice's id.</param>
/// <param name="Channel">email, discourse or webhook.</param>
/// <param name="At">Of what it tells of.</param>
/// <param name="Reason">The last answer: a code, such as smtp-550, http-410 or timeout.</param>
/// <param name="EndedAt">When it was given up, by the hosts' clock.</param>
internal sealed record DeadDeliveryItem(
    Guid Notice, string Channel, string Participant, string Kind, DateTimeOffset At, int Attempts, string Reason,
    DateTimeOffset EndedAt)
{
    public static DeadDeliveryItem Of(DeadDelivery dead) => new(
        dead.Notice, dead.Channel.WireName(), dead.Participant, dead.Kind, dead.At, dead.Attempts, dead.Reason,
        dead.EndedAt);
}

/// <summary>That it is tried again.</summary>
/// <param name="State">waiting.</param>
internal sealed record RetriedDelivery(Guid Notice, string Channel, string State);

/// <summary>How each channel stands.</summary>
internal sealed record ChannelsView(ImmutableArray<ChannelView> Channels);

/// <param name="Configured">False: this installation has none; what is for it waits.</param>
/// <param name="PerSecond">The most that is sent.</param>
/// <param name="Waiting">All that has not come to its end, also what is not due yet.</param>
/// <param name="Due">Of it, what is due.</param>
/// <param name="OldestDue">Null where nothing is.</param>
/// <param name="Dead">All that can be tried again.</param>
/// <param name="LastDay">What came to its end within a day.</param>
internal sealed record ChannelView(
    string Channel, bool Configured, bool Paused, double PerSecond, long Waiting, long Due, DateTimeOffset? OldestDue,
    long Dead, EndedCounts LastDay)
{
    public static ChannelView Of(ChannelFigures figures) => new(
        figures.Channel.WireName(), figures.IsConfigured, figures.IsPaused, figures.PerSecond, figures.Waiting, figures.Due,
        figures.OldestDue, figures.Dead, new(figures.Delivered, figures.Gathered, figures.GivenUp));
}

/// <param name="Gathered">Gone as a part of a digest.</param>
/// <param name="GivenUp">Of no use any more when its turn came.</param>
internal sealed record EndedCounts(long Delivered, long Gathered, long GivenUp);

/// <summary>How a channel stands after what was said.</summary>
internal sealed record PausedChannel(string Channel, bool Paused);

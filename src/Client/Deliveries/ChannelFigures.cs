using System.Collections.Immutable;

namespace Stk.Client.Deliveries;

/// <summary>How each channel stands.</summary>
public sealed record ChannelList(ImmutableArray<ChannelFigures> Channels);

/// <param name="PerSecond">The most that is sent.</param>
/// <param name="Waiting">All that has not come to its end, also what is not due yet.</param>
/// <param name="Due">Of it, what is due.</param>
/// <param name="OldestDue">Null where nothing is.</param>
/// <param name="Dead">All that can be tried again.</param>
/// <param name="LastDay">What came to its end within a day.</param>
public sealed record ChannelFigures(
    string Channel, bool Configured, bool Paused, double PerSecond, long Waiting, long Due, DateTimeOffset? OldestDue,
    long Dead, EndedCounts LastDay);

/// <param name="Gathered">Gone as a part of a digest.</param>
/// <param name="GivenUp">Of no use any more when its turn came.</param>
public sealed record EndedCounts(long Delivered, long Gathered, long GivenUp);

/// <summary>How a channel stands after what was said.</summary>
public sealed record PausedChannel(string Channel, bool Paused);

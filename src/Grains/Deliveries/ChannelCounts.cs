using Stk.Rules.Notices;

namespace Stk.Grains.Deliveries;

/// <param name="Waiting">All that has not come to its end, also what is not due yet.</param>
/// <param name="Due">Of them, what is.</param>
/// <param name="OldestDue">By the economy's clock; null where nothing is due.</param>
/// <param name="Delivered">Within the last day of the host's clock; as what follows.</param>
internal sealed record ChannelCounts(
    NoticeChannel Channel, bool IsPaused, long Waiting, long Due, DateTimeOffset? OldestDue, long Dead, long Delivered,
    long Gathered, long GivenUp);

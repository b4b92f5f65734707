using System.Collections.Immutable;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;

namespace Stk.Grains.Deliveries;

/// <summary>Who is told of what, where and when, as they want it.</summary>
internal interface IDeliveryPlan
{
    /// <returns>Nothing for what stays in the inbox alone.</returns>
    Task<ImmutableArray<PlannedDelivery>> Plan(
        ImmutableArray<UnplannedNotice> notices, CancellationToken cancellation);
}

/// <summary>A notice of which no deliveries were made yet.</summary>
/// <param name="At">By the economy's clock.</param>
/// <param name="Values">JSON, as they are stored.</param>
/// <param name="Channels">Those that the participant has an address of that counts.</param>
internal sealed record UnplannedNotice(
    Guid Id, long Participant, string Kind, DateTimeOffset At, string Values, ImmutableArray<NoticeChannel> Channels);

/// <param name="Due">By the economy's clock.</param>
/// <param name="IsDigest">It goes with all others of the participant's on this channel that are due at that instant.</param>
/// <param name="Language">ru or en.</param>
internal sealed record PlannedDelivery(
    UnplannedNotice Notice, NoticeChannel Channel, DateTimeOffset Due, DeliveryRank Rank, bool IsDigest, string Language);

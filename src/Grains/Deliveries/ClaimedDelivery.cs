using System.Collections.Immutable;
using Stk.Rules.Deliveries;
using Stk.Rules.Notices;

namespace Stk.Grains.Deliveries;

/// <summary>A delivery that this silo has for the time of one attempt.</summary>
/// <param name="Lease">Of the attempt: whoever answers with another one is too late.</param>
/// <param name="Attempts">With this one.</param>
/// <param name="Address">Null where there is none any more.</param>
internal sealed record ClaimedDelivery(
    Guid Notice, NoticeChannel Channel, long Participant, Guid Lease, int Attempts, string Language, bool IsDigest,
    DeliveredNotice Told, DeliveryAddress? Address);

/// <summary>What is told.</summary>
/// <param name="Values">JSON, with what stands elsewhere.</param>
internal sealed record DeliveredNotice(string Kind, DateTimeOffset At, string Values);

/// <summary>Where somebody is told, as it stood when the delivery was claimed.</summary>
/// <param name="ConfirmToken">Null where it is confirmed, or needs not be.</param>
/// <param name="Secrets">Of a webhook, those that are valid now, the newest first.</param>
internal sealed record DeliveryAddress(
    string Address, bool IsConfirmed, string? ConfirmToken, ImmutableArray<ReadOnlyMemory<byte>> Secrets,
    AddressHealth Health);

using System.Collections.Immutable;
using Stk.GrainInterfaces.Callers;
using Stk.Rules.Money;

namespace Stk.GrainInterfaces.Entitlements;

/// <summary>A right that a purchase has given.</summary>
/// <param name="Id">The purchase's.</param>
/// <param name="Until">Exclusive; null for without end.</param>
/// <param name="Sessions">How many it counts; null where it is not counted.</param>
/// <param name="EndedAt">When a refund ended it; null while it stands.</param>
/// <param name="First">What was bought first, where this renews it; null for what was bought.</param>
/// <param name="RenewalMaxPrice">The most that the next renewal may cost; null where it is not renewed.</param>
[GenerateSerializer, Immutable, Alias("stk.entitlement")]
public sealed record EntitlementView(
    [property: Id(0)] Guid Id,
    [property: Id(1)] string Service,
    [property: Id(2)] DateTimeOffset From,
    [property: Id(3)] DateTimeOffset? Until,
    [property: Id(4)] int? Sessions,
    [property: Id(5)] int Used,
    [property: Id(6)] DateTimeOffset? EndedAt,
    [property: Id(7)] Guid? First = null,
    [property: Id(8)] Amount? RenewalMaxPrice = null)
{
    /// <summary>Sessions left; null where it is not counted.</summary>
    public int? Left => Sessions - Used;

    public bool IsActiveAt(DateTimeOffset now) =>
        EndedAt is null && From <= now && (Until is null || now < Until) && Left is null or > 0;
}

/// <param name="AsOf">The economy's time at which they were read: whether one is active is asked of this instant.</param>
[GenerateSerializer, Immutable, Alias("stk.entitlements")]
public sealed record EntitlementsReply(
    [property: Id(0)] DateTimeOffset AsOf, [property: Id(1)] ImmutableArray<EntitlementView> Entitlements);

/// <summary>Whether a participant may use a service now.</summary>
/// <param name="Until">Of the longest of the active ones; null where one has no end, and where none is active.</param>
/// <param name="Left">
/// Sessions left in all active ones together; null where one is not counted, and where none is active.
/// </param>
[GenerateSerializer, Immutable, Alias("stk.entitlement-check")]
public sealed record EntitlementCheck(
    [property: Id(0)] bool IsActive,
    [property: Id(1)] DateTimeOffset? Until,
    [property: Id(2)] int? Left);

/// <param name="Id">The use's own, given by the caller: the same id is one use.</param>
/// <param name="Source">The token's subject: ids of two sources do not meet.</param>
[GenerateSerializer, Immutable, Alias("stk.use-request")]
public sealed record UseRequest(
    [property: Id(0)] string Service, [property: Id(1)] Guid Id, [property: Id(2), FromCaller] string Source);

/// <param name="Entitlement">Whose session was used.</param>
[GenerateSerializer, Immutable, Alias("stk.use")]
public sealed record UseView(
    [property: Id(0)] Guid Id, [property: Id(1)] Guid Entitlement, [property: Id(2)] DateTimeOffset At,
    [property: Id(3)] int Left);

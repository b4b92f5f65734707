using Stk.Rules.Money;

namespace Stk.Client.Entitlements;

/// <summary>A right that a purchase has given.</summary>
/// <param name="Until">Exclusive; null for without end.</param>
/// <param name="Left">Sessions left; null where it is not counted.</param>
/// <param name="EndedAt">When a refund ended it; null while it stands.</param>
/// <param name="First">What was bought, where this renews it.</param>
/// <param name="Renewal">Null where it is not renewed.</param>
public sealed record Entitlement(
    Guid Id, string Service, DateTimeOffset From, DateTimeOffset? Until, int? Sessions, int Used, int? Left, bool IsActive,
    DateTimeOffset? EndedAt, Guid? First = null, Renewal? Renewal = null);

/// <summary>Whether the months that were bought are followed by others.</summary>
/// <param name="MaxPrice">Of one renewal; null where it is off.</param>
public sealed record Renewal(bool On, Amount? MaxPrice);

/// <summary>Whether a participant may use a service now.</summary>
public sealed record EntitlementCheck(string Service, bool IsActive, DateTimeOffset? Until, int? Left);

/// <param name="Entitlement">Whose session was used.</param>
public sealed record EntitlementUse(Guid Id, Guid Entitlement, DateTimeOffset At, int Left);

using System.Collections.Immutable;
using Stk.GrainInterfaces.Entitlements;
using Stk.Rules.Money;

namespace Stk.ApiHost.Entitlements;

/// <summary>A list that is given whole, newest first.</summary>
internal sealed record EntitlementsView(ImmutableArray<EntitlementItem> Items);

/// <param name="Id">The purchase's.</param>
/// <param name="Until">Exclusive; null for without end.</param>
/// <param name="Sessions">How many it counts; null where it is not counted.</param>
/// <param name="Left">Sessions left; null where it is not counted.</param>
/// <param name="IsActive">Whether it can be used at the time of the answer.</param>
/// <param name="EndedAt">When a refund ended it.</param>
/// <param name="First">The entitlement that was bought, where this one renews it; null for what was bought.</param>
/// <param name="Renewal">Null where it is not renewed.</param>
internal sealed record EntitlementItem(
    Guid Id, string Service, DateTimeOffset From, DateTimeOffset? Until, int? Sessions, int Used, int? Left, bool IsActive,
    DateTimeOffset? EndedAt, Guid? First = null, RenewalItem? Renewal = null)
{
    public static EntitlementItem Of(EntitlementView entitlement, DateTimeOffset now) => new(
        entitlement.Id, entitlement.Service, entitlement.From, entitlement.Until, entitlement.Sessions, entitlement.Used,
        entitlement.Left, entitlement.IsActiveAt(now), entitlement.EndedAt, entitlement.First,
        entitlement.RenewalMaxPrice is { } max ? new(On: true, max) : null);
}

/// <param name="Until">Of the longest of the active ones; null where one has no end, and where none is active.</param>
/// <param name="Left">Sessions left in all active ones; null where one is not counted, and where none is active.</param>
internal sealed record EntitlementCheckView(string Service, bool IsActive, DateTimeOffset? Until, int? Left);

/// <param name="Id">The use's own: the same id is one use, however often it is sent.</param>
internal sealed record UseBody(Guid Id);

/// <param name="Entitlement">Whose session was used.</param>
/// <param name="Left">Sessions left in it.</param>
internal sealed record UseReceipt(Guid Id, Guid Entitlement, DateTimeOffset At, int Left);

/// <param name="On">Whether it is renewed.</param>
/// <param name="MaxPrice">Of one renewal; where it is on and absent: what was paid last. Null where it is off.</param>
internal sealed record RenewalItem(bool On, Amount? MaxPrice = null);

namespace Stk.Rules.Services;

/// <summary>An entitlement that counts sessions, as a use sees it.</summary>
/// <param name="Until">Exclusive; null for without end.</param>
public readonly record struct CountedEntitlement(Guid Id, DateTimeOffset From, DateTimeOffset? Until, int Left);

/// <summary>Which entitlement a use takes its session from.</summary>
public static class SessionChoice
{
    /// <summary>
    /// Of those active now with a session left: that which ends first, then began first. Null where there is none.
    /// </summary>
    public static CountedEntitlement? Of(IEnumerable<CountedEntitlement> entitlements, DateTimeOffset now) => entitlements
        .Where(one => one.From <= now && (one.Until is null || now < one.Until) && one.Left > 0)
        .OrderBy(one => one.Until ?? DateTimeOffset.MaxValue).ThenBy(one => one.From).ThenBy(one => one.Id)
        .Select(one => (CountedEntitlement?)one)
        .FirstOrDefault();
}

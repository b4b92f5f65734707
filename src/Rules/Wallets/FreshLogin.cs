namespace Stk.Rules.Wallets;

/// <summary>
/// What a stolen token is not enough for: who decides where STK go has just shown who they are.
/// </summary>
public static class FreshLogin
{
    /// <summary>How old a sign-in may be.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(5);

    /// <param name="signedInAt">The token's <c>auth_time</c>; null where it does not say.</param>
    /// <param name="now">By the host's clock, as tokens are.</param>
    /// <param name="skew">How far clocks may be apart.</param>
    public static bool IsFresh(DateTimeOffset? signedInAt, DateTimeOffset now, TimeSpan skew) =>
        signedInAt is { } at && at <= now + skew && now - at <= Lasts;
}

namespace Stk.Rules.Revocations;

/// <summary>How long tokens may live.</summary>
public static class TokenLife
{
    /// <summary>Of an operator's and an auditor's.</summary>
    public static readonly TimeSpan LongestOfOperators = TimeSpan.FromHours(12);

    /// <summary>The longest that a role's token may live; null where it may live as long as it says.</summary>
    public static TimeSpan? Longest(string role) => role is "operator" or "auditor" ? LongestOfOperators : null;

    /// <summary>Whether a token says that it lives longer than its role's may.</summary>
    /// <param name="issuedAt">Null where it does not say.</param>
    /// <param name="skew">How far clocks may be apart.</param>
    public static bool IsTooLong(
        string role, DateTimeOffset? issuedAt, DateTimeOffset expiresAt, DateTimeOffset now, TimeSpan skew) =>
        Longest(role) is { } longest
        // Also counted from now: one that says that it is made tomorrow lives no longer for that.
        && (issuedAt is not { } made || expiresAt - made > longest || expiresAt - now > longest + skew);
}

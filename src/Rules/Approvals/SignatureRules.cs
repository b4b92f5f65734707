using Stk.Rules.Money;

namespace Stk.Rules.Approvals;

/// <summary>
/// How much one person's signature alone may give: not of one act, of what acts come to. Sliding, so that no moment begins
/// anew.
/// </summary>
public static class SignatureRules
{
    /// <summary>What was given within it counts.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    /// <summary>How long an act waits for its second person.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromDays(14);

    /// <summary>A rule book can lower the limit at will, and raise it up to the ceiling.</summary>
    /// <param name="ceiling">Of the configuration, which no operator writes.</param>
    public static Amount Limit(Amount ruled, Amount ceiling) => ruled < ceiling ? ruled : ceiling;

    /// <summary>True where a second person must approve.</summary>
    /// <param name="given">In the window, on one signature, without this act.</param>
    public static bool NeedsSecond(Amount amount, SignedSums given, Amount limit) =>
        amount > limit || given.ByPerson > limit - amount || given.ToReceiver > limit - amount
        || given.OfFund > limit - amount;
}

/// <summary>What was given on one signature in a window.</summary>
/// <param name="ByPerson">By who signs.</param>
/// <param name="ToReceiver">To who receives.</param>
/// <param name="OfFund">Of the fund that pays; zero where none does.</param>
public readonly record struct SignedSums(Amount ByPerson, Amount ToReceiver, Amount OfFund);

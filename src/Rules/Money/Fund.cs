using System.Collections.Immutable;
using System.Diagnostics;

namespace Stk.Rules.Money;

/// <summary>The funds that share a day's emission, in the source's order. Stored: never renumber.</summary>
public enum Fund
{
    Rewards = 1,
    Treasury = 2,
    Startup = 3,
    Team = 4,
    Liquidity = 5,
}

public static class Funds
{
    /// <summary>In the source's order, which decides ties in a split.</summary>
    public static readonly ImmutableArray<Fund> All =
        [Fund.Rewards, Fund.Treasury, Fund.Startup, Fund.Team, Fund.Liquidity];

    /// <summary>How a fund stands in an account's kind and in JSON: <c>rewards</c>.</summary>
    public static string WireName(this Fund fund) => fund switch
    {
        Fund.Rewards => "rewards",
        Fund.Treasury => "treasury",
        Fund.Startup => "startup",
        Fund.Team => "team",
        Fund.Liquidity => "liquidity",
        _ => throw new UnreachableException(),
    };
}

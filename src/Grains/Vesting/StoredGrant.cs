using System.Diagnostics;
using Stk.Rules.Money;
using Stk.Rules.Vesting;
using Stk.Rules.Weeks;

namespace Stk.Grains.Vesting;

/// <summary>A frozen reward as it is stored.</summary>
/// <param name="Participant">The number.</param>
/// <param name="Amount">Above zero.</param>
internal sealed record StoredGrant(
    long Participant, int Shard, GrantOrigin Origin, int VestsDays, Amount Amount, DateOnly UnlocksOn)
{
    /// <summary>The transaction that its decision is paid out by.</summary>
    public Guid DecisionId => Origin switch
    {
        GrantOrigin.Weekly weekly => VestingIds.Decision(weekly.Week, Participant, weekly.Type, VestsDays),
        GrantOrigin.Spending spending => VestingIds.FundDecision(spending.Transaction),
        _ => throw new UnreachableException(),
    };
}

/// <summary>What has frozen a grant. A closed set.</summary>
internal abstract record GrantOrigin
{
    private GrantOrigin() { }

    /// <summary>A week's settlement, for counted events of one type.</summary>
    internal sealed record Weekly(WeekId Week, string Type) : GrantOrigin;

    /// <summary>A spending from a fund.</summary>
    /// <param name="Transaction">The ledger's.</param>
    /// <param name="Fund">Where it came from.</param>
    internal sealed record Spending(Guid Transaction, Fund Fund) : GrantOrigin;
}

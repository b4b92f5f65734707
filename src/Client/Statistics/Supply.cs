using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.Client.Statistics;

/// <summary>What was issued, and where it is.</summary>
/// <param name="Genesis">Null before it is set: all else is zero then.</param>
/// <param name="Year">The token year, from 0.</param>
/// <param name="Scheduled">The schedule's total to the end of today.</param>
/// <param name="Reserved">Held by weekly runs under way.</param>
public sealed record Supply(
    DateTimeOffset? Genesis, int Year, Amount YearlyEmission, Amount Scheduled, Amount Emitted, Amount Burned,
    ImmutableArray<FundBalance> Funds, Amount Available, Amount Frozen, Amount Settling, Amount OnChain, Amount Reserved,
    Amount Circulating, DateOnly? NextHalving, DateTimeOffset At);

public sealed record FundBalance(string Name, Amount Balance);

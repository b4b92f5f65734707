using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.ApiHost.Statistics;

/// <param name="Genesis">Null before it is set: all else is zero then.</param>
/// <param name="Year">The token year, from 0.</param>
/// <param name="Scheduled">The schedule's total to the end of today.</param>
/// <param name="Emitted">What was ever issued.</param>
/// <param name="Funds">In the source's order.</param>
/// <param name="Reserved">Held by weekly runs under way.</param>
/// <param name="NextHalving">The first day of the next halved year.</param>
internal sealed record SupplyView(
    DateTimeOffset? Genesis, int Year, Amount YearlyEmission, Amount Scheduled, Amount Emitted, Amount Burned,
    ImmutableArray<FundItem> Funds, Amount Available, Amount Frozen, Amount Settling, Amount OnChain, Amount Reserved,
    Amount Circulating, DateOnly? NextHalving, DateTimeOffset At);

internal sealed record FundItem(string Name, Amount Balance);

using System.Collections.Immutable;
using Stk.Rules.Money;

namespace Stk.ApiHost.Statistics;

/// <param name="Weeks">Weeks whose run is done.</param>
/// <param name="Outcomes">Stored events by outcome.</param>
/// <param name="Sources">Stored events by source and outcome.</param>
/// <param name="Paid">Rewards ever posted, available and frozen.</param>
/// <param name="Head">The journal's head, SEQUENCE:HASH.</param>
internal sealed record TotalsView(
    int Weeks, long Participants, ImmutableSortedDictionary<string, long> Outcomes,
    ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, long>> Sources, Amount Emitted, Amount Paid,
    Amount Frozen, ImmutableArray<FundItem> Funds, string Head);

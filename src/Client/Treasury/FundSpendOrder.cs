using Stk.Rules.Money;

namespace Stk.Client.Treasury;

/// <param name="Fund">treasury, startup, team or liquidity.</param>
/// <param name="Kind">grant, contract, project, startup, team or liquidity.</param>
/// <param name="VestsDays">Frozen for so many days; null is paid at once.</param>
public sealed record FundSpendOrder(
    string Fund, string To, Amount Amount, string Kind, string Reason, int? VestsDays = null);

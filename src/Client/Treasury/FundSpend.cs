using Stk.Rules.Money;

namespace Stk.Client.Treasury;

/// <summary>What operators spend from a fund.</summary>
/// <param name="State">waiting for a second operator, paid or rejected.</param>
/// <param name="Kind">grant, contract, project, startup, team or liquidity.</param>
/// <param name="VestsDays">Frozen for so many days; 0 is paid at once.</param>
/// <param name="Transaction">The ledger's; null until it is paid.</param>
public sealed record FundSpend(
    Guid Id, string State, string Fund, string To, Amount Amount, string Kind, string Reason, int VestsDays,
    DateTimeOffset AskedAt, string AskedBy, DateTimeOffset? DecidedAt, string? DecidedBy, Guid? Transaction,
    string? Note = null);

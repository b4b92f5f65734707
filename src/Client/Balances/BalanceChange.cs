using Stk.Rules.Money;

namespace Stk.Client.Balances;

/// <param name="Sequence">The journal's commit.</param>
/// <param name="Kind">weekly_reward, transfer, ...</param>
/// <param name="Reference">What it was for: 2025-W51, for one.</param>
/// <param name="Account">available, frozen or settling.</param>
/// <param name="Counterparty">Of a transfer: the other side.</param>
/// <param name="Service">Of a purchase: what was bought.</param>
public sealed record BalanceChange(
    long Sequence, DateTimeOffset At, Guid TransactionId, string Kind, string Reference, string Account, Amount Amount,
    Amount BalanceAfter, string? Counterparty, string? Note, string? Service);

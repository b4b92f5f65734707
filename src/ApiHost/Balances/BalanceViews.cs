using Stk.Rules.Money;

namespace Stk.ApiHost.Balances;

internal sealed record BalanceView(Amount Available, Amount Frozen, Amount Settling, Amount Total);

/// <param name="Sequence">The journal's commit.</param>
/// <param name="Account">available, frozen or settling.</param>
/// <param name="Kind">weekly_reward, for one.</param>
/// <param name="Reference">What it was for: 2025-W51, for one.</param>
internal sealed record BalanceChangeItem(
    long Sequence, DateTimeOffset At, Guid TransactionId, string Kind, string Reference, string Account, Amount Amount,
    Amount BalanceAfter);

/// <summary>A transaction as the participant sees it: the sum of its own postings, by account.</summary>
internal sealed record TransactionItem(
    Guid Id, long Sequence, DateTimeOffset At, string Kind, string Reference, Amount Available, Amount Frozen,
    Amount Settling);

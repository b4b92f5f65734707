using Stk.Rules.Money;

namespace Stk.Ledger.Accounts;

/// <summary>An account's balance after a commit.</summary>
/// <param name="Sequence">Of the last commit that touched it; 0 where none has.</param>
public readonly record struct AccountState(AccountId Account, Amount Balance, long Sequence);

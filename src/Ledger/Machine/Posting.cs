using Stk.Ledger.Accounts;
using Stk.Rules.Money;

namespace Stk.Ledger.Machine;

/// <summary>One signed line: above zero into the account, below zero out of it.</summary>
public readonly record struct Posting(AccountId Account, Amount Amount);

/// <summary>A line as committed.</summary>
public readonly record struct PostedLine(AccountId Account, Amount Amount, Amount BalanceAfter);

using Stk.Ledger.Accounts;
using Stk.Rules.Money;

namespace Stk.Ledger.Machine;

/// <summary>What the machine needs to know of the book before a batch.</summary>
/// <param name="Sequence">That the commit of this batch will have.</param>
/// <param name="At">The commit's time.</param>
/// <param name="IssuedAtMost">By then, in all.</param>
/// <param name="Balances">Of the accounts that the batch names; one that is missing has never had a posting.</param>
/// <param name="Answers">Of the ids in the batch that were answered before.</param>
public sealed record BookView(
    long Sequence, DateTimeOffset At, Amount IssuedAtMost,
    IReadOnlyDictionary<AccountId, Amount> Balances, IReadOnlyDictionary<Guid, PastAnswer> Answers);

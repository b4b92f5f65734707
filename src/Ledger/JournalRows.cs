using System.Collections.Immutable;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;

namespace Stk.Ledger;

/// <summary>A committed transaction.</summary>
public sealed record JournalTransaction(
    Guid Id, TransactionKind Kind, string Reference, Digest ContentHash, Receipt Receipt);

/// <summary>Where a line stands in the journal: newer is greater.</summary>
public readonly record struct HistoryCursor(long Sequence, int Position, int Line);

/// <summary>Which lines of a history; all where nothing is set.</summary>
/// <param name="From">Commits at or after this instant.</param>
/// <param name="Below">Commits before this instant.</param>
public sealed record HistoryFilter(
    TransactionKind? Kind = null, DateTimeOffset? From = null, DateTimeOffset? Below = null)
{
    public static readonly HistoryFilter All = new();
}

/// <summary>One posting of an account, with the transaction that it is part of.</summary>
public sealed record HistoryLine(
    HistoryCursor Cursor, Guid TransactionId, TransactionKind Kind, string Reference, DateTimeOffset At,
    AccountId Account, Amount Amount, Amount BalanceAfter);

/// <summary>What became of the accounts that a run of commits touched.</summary>
/// <param name="UpTo">The last commit looked at; the one asked from where there is none after it.</param>
/// <param name="Accounts">Each account once, its last balance in those commits; in order of sequence.</param>
/// <param name="IsAll">No later commit was there at that moment.</param>
public sealed record LedgerChanges(long UpTo, ImmutableArray<AccountState> Accounts, bool IsAll)
{
    /// <summary>The NOTIFY channel of commits.</summary>
    public const string Channel = "ledger";
}

/// <param name="Sequence">The last commit counted.</param>
/// <param name="ByKind">The sum of the balances of each kind.</param>
public sealed record LedgerSupply(long Sequence, ImmutableDictionary<AccountKind, Amount> ByKind)
{
    public Amount Of(AccountKind kind) => ByKind.GetValueOrDefault(kind);
}

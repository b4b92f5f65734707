using System.Collections.Immutable;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Money;

namespace Stk.Ledger;

/// <summary>The double-entry book. Everything read here is committed; nothing here remembers.</summary>
public interface ILedger
{
    /// <summary>
    /// Posts a transaction and its effects, with whatever else is waiting. Answered means committed. What a user can
    /// cause is a result.
    /// </summary>
    /// <param name="cancellation">Drops the transaction while it waits; once its commit has begun it has no effect.</param>
    /// <exception cref="Storage.BusyException">Too many waiting. Nothing was sent.</exception>
    /// <exception cref="Storage.StorageUnavailableException">No database. Nothing was committed.</exception>
    /// <exception cref="Storage.OutcomeUnknownException">Committed or not: post the same again to know.</exception>
    Task<PostResult> Post(
        Transaction transaction, PostPriority priority = PostPriority.Interactive,
        CancellationToken cancellation = default);

    /// <summary>In the order asked, of one moment; zero at sequence 0 for an account that has had no posting.</summary>
    Task<ImmutableArray<AccountState>> GetBalances(
        IReadOnlyList<AccountId> accounts, CancellationToken cancellation = default);

    /// <summary>The last commit.</summary>
    Task<LedgerHead> GetHead(CancellationToken cancellation = default);

    /// <summary>The committed transaction of this id, or null.</summary>
    Task<JournalTransaction?> Find(Guid transactionId, CancellationToken cancellation = default);

    /// <summary>The postings of a set of accounts, newest first.</summary>
    /// <param name="before">Only what is older; null for the newest.</param>
    /// <param name="limit">Most lines. A full answer may have more behind it: ask with the last line's cursor.</param>
    /// <param name="filter">Null for all.</param>
    Task<ImmutableArray<HistoryLine>> GetHistory(
        IReadOnlyList<AccountId> accounts, HistoryCursor? before, int limit, HistoryFilter? filter = null,
        CancellationToken cancellation = default);

    /// <summary>
    /// What accounts had at the end of each of some days, UTC, in the order of the days and, in each, of the accounts.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">They are more than 366, or end before they begin.</exception>
    Task<ImmutableArray<Amount>> GetDayEnds(
        IReadOnlyList<AccountId> accounts, DateOnly from, DateOnly to, CancellationToken cancellation = default);

    /// <summary>What every participant has, available, frozen and settling together: those with more than nothing.</summary>
    Task<ImmutableArray<(long Participant, Amount Balance)>> GetHoldings(CancellationToken cancellation = default);

    /// <summary>
    /// What has changed since a commit: a follower asks again with <see cref="LedgerChanges.UpTo"/>. Every commit makes
    /// <c>NOTIFY</c> on <see cref="LedgerChanges.Channel"/>, its sequence as the payload: a hint, no more.
    /// </summary>
    /// <param name="commitsMax">Most commits looked at. Unit: commits.</param>
    Task<LedgerChanges> ReadChanges(long afterSequence, int commitsMax, CancellationToken cancellation = default);

    /// <summary>The sum of all balances of each kind, of one moment; kinds without an account are absent.</summary>
    Task<LedgerSupply> GetSupply(CancellationToken cancellation = default);

    /// <summary>Forgets refusals older than the options say. Returns how many.</summary>
    Task<int> PurgeRefusals(CancellationToken cancellation = default);
}

/// <summary>Which waits for which.</summary>
public enum PostPriority
{
    /// <summary>Somebody waits for the answer.</summary>
    Interactive = 0,

    /// <summary>Part of a run: goes after what is interactive.</summary>
    Bulk = 1,
}

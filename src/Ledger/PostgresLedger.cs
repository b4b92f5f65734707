using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Npgsql;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Sql;
using Stk.Ledger.Writer;
using Stk.Rules.Money;
using Stk.Storage;

namespace Stk.Ledger;

/// <summary>Posts through the writer, reads from the tables.</summary>
internal sealed class PostgresLedger(
    LedgerWriter writer, NpgsqlDataSource database, LookupConnections lookups, IOptions<LedgerOptions> options) : ILedger
{
    private static readonly HistoryCursor Newest = new(long.MaxValue, int.MaxValue, int.MaxValue);

    public Task<PostResult> Post(Transaction transaction, PostPriority priority, CancellationToken cancellation) =>
        writer.Post(transaction, priority, cancellation);

    public async Task<ImmutableArray<AccountState>> GetBalances(
        IReadOnlyList<AccountId> accounts, CancellationToken cancellation)
    {
        await using var connection = await lookups.Source.OpenConnectionAsync(cancellation);
        return await AccountsTable.States(connection, accounts, cancellation);
    }

    public async Task<LedgerHead> GetHead(CancellationToken cancellation)
    {
        await using var connection = await lookups.Source.OpenConnectionAsync(cancellation);
        var head = await HeadTable.Read(connection, cancellation);
        return new(head.Sequence, head.Hash, head.At);
    }

    public async Task<JournalTransaction?> Find(Guid transactionId, CancellationToken cancellation)
    {
        await using var connection = await lookups.Source.OpenConnectionAsync(cancellation);
        var found = await JournalTable.Find(connection, [transactionId], cancellation);
        return found.SingleOrDefault();
    }

    public async Task<ImmutableArray<HistoryLine>> GetHistory(
        IReadOnlyList<AccountId> accounts, HistoryCursor? before, int limit, HistoryFilter? filter,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await JournalTable.History(
            connection, accounts, before ?? Newest, limit, filter ?? HistoryFilter.All, cancellation);
    }

    /// <summary>Of one look at the ends of days. Unit: days.</summary>
    private const int DaysMax = 366;

    public async Task<ImmutableArray<Amount>> GetDayEnds(
        IReadOnlyList<AccountId> accounts, DateOnly from, DateOnly to, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(to.DayNumber - from.DayNumber, DaysMax - 1, nameof(from));
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await JournalTable.DayEnds(connection, accounts, from, to, cancellation);
    }

    public async Task<ImmutableArray<(long Participant, Amount Balance)>> GetHoldings(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await AccountsTable.Holdings(connection, cancellation);
    }

    public async Task<LedgerChanges> ReadChanges(long afterSequence, int commitsMax, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterSequence);
        ArgumentOutOfRangeException.ThrowIfLessThan(commitsMax, 1);
        await using var connection = await lookups.Source.OpenConnectionAsync(cancellation);
        // The head first: what it names is visible to the statement after it.
        var head = (await HeadTable.Read(connection, cancellation)).Sequence;
        var upTo = Math.Max(afterSequence, Math.Min(head, afterSequence + commitsMax));
        var changes = upTo == afterSequence
            ? []
            : await JournalTable.Changes(connection, afterSequence, (int)(upTo - afterSequence), cancellation);
        return new(upTo, changes, IsAll: upTo >= head);
    }

    public async Task<LedgerSupply> GetSupply(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await AccountsTable.Supply(connection, cancellation);
    }

    public async Task<int> PurgeRefusals(CancellationToken cancellation)
    {
        await using var connection = await database.OpenConnectionAsync(cancellation);
        return await RefusalsTable.Purge(connection, options.Value.RefusalDays, cancellation);
    }
}

using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Sql;
using Stk.Rules.Time;
using Stk.Storage;

namespace Stk.Ledger.Writer;

/// <summary>
/// The one way into the journal: locks the head, reads what the batch concerns, lets the machine decide, writes, commits.
/// Two round trips a commit, however many transactions are in it.
/// </summary>
internal sealed class LedgerWriter : IAsyncDisposable
{
    private readonly IClock _clock;
    private readonly IIssuanceLimit _issuance;
    private readonly ILogger<LedgerWriter> _logger;
    private readonly GroupCommit<Transaction, PostResult> _commits;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _repeated;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _postings;

    public LedgerWriter(
        WriterConnections connections, IClock clock, IIssuanceLimit issuance, IOptions<LedgerOptions> options,
        ILogger<LedgerWriter> logger, IMeterFactory meters)
    {
        _clock = clock;
        _issuance = issuance;
        _logger = logger;
        var meter = meters.Create("stk.ledger");
        _accepted = meter.CreateCounter<long>("transactions.accepted");
        _repeated = meter.CreateCounter<long>("transactions.repeated");
        _refused = meter.CreateCounter<long>("transactions.refused");
        _postings = meter.CreateCounter<long>("postings");
        var settings = options.Value;
        _commits = new(
            new(
                "ledger", settings.CommitPostingsMax, settings.WaitingMax,
                TimeSpan.FromMilliseconds(settings.WaitMaxMs), TimeSpan.FromMilliseconds(settings.RetryForMs)),
            connections, Commit, logger, meters);
    }

    public Task<PostResult> Post(Transaction transaction, PostPriority priority, CancellationToken cancellation) =>
        _commits.Post(
            transaction, Math.Max(1, transaction.Postings.Length),
            priority == PostPriority.Bulk ? CommitPriority.Bulk : CommitPriority.Interactive, cancellation);

    public ValueTask DisposeAsync() => _commits.DisposeAsync();

    private async Task<IReadOnlyList<PostResult>> Commit(
        CommitAttempt attempt, IReadOnlyList<Transaction> batch, CancellationToken cancellation)
    {
        var (head, accounts, answers) = await Read(attempt, batch, cancellation);
        var at = CommitTime(head.At);
        var results = LedgerMachine.Apply(batch, new(
            head.Sequence + 1, at, _issuance.At(at),
            accounts.ToDictionary(account => account.Key, account => account.Value.Balance), answers));
        var rows = BatchRows.Of(batch, results, accounts, head.Accounts);
        if (rows.Transactions.Count > 0 || rows.Refusals.Count > 0)
        {
            await using var writes = new NpgsqlBatch(attempt.Connection);
            AddWrites(writes, batch, results, rows, head, at);
            FaultPoints.Reach("ledger.before-commit");
            await attempt.Commit(writes, cancellation);
            FaultPoints.Reach("ledger.after-commit");
        }
        else
        {
            await attempt.Rollback(cancellation);
        }

        Count(batch, results, rows);
        return results;
    }

    // Each a statement of its own, the lock first: as one joined statement, a writer that had waited for the lock saw
    // the new head and the old balances (tried).
    private static async Task<(
        HeadRow Head, Dictionary<AccountId, AccountRow> Accounts, Dictionary<Guid, PastAnswer> Answers)> Read(
        CommitAttempt attempt, IReadOnlyList<Transaction> batch, CancellationToken cancellation)
    {
        var ids = batch.Column(transaction => transaction.Id);
        var named = new HashSet<AccountId>();
        foreach (var transaction in batch)
        {
            foreach (var posting in transaction.Postings)
            {
                named.Add(posting.Account);
            }
        }

        await using var reads = attempt.Begin();
        reads.BatchCommands.Add(HeadTable.Lock());
        reads.BatchCommands.Add(AccountsTable.Read([.. named]));
        reads.BatchCommands.Add(JournalTable.Known(ids));
        reads.BatchCommands.Add(RefusalsTable.Read(ids));

        HeadRow head;
        Dictionary<AccountId, AccountRow> accounts;
        List<Guid> known;
        var answers = new Dictionary<Guid, PastAnswer>();
        await using (var reader = await reads.ExecuteReaderAsync(cancellation))
        {
            head = await HeadTable.Row(reader, cancellation);
            await reader.NextResultAsync(cancellation);
            accounts = await AccountsTable.Rows(reader, cancellation);
            await reader.NextResultAsync(cancellation);
            known = await JournalTable.KnownIds(reader, cancellation);
            await reader.NextResultAsync(cancellation);
            await RefusalsTable.Rows(reader, answers, cancellation);
        }

        if (known.Count > 0)
        {
            foreach (var past in await JournalTable.Find(attempt.Connection, [.. known], cancellation))
            {
                answers.Add(past.Id, new(past.ContentHash, past.Receipt, Refused: null));
            }
        }

        return (head, accounts, answers);
    }

    private static void AddWrites(
        NpgsqlBatch writes, IReadOnlyList<Transaction> batch, IReadOnlyList<PostResult> results, BatchRows rows,
        HeadRow head, DateTimeOffset at)
    {
        if (rows.Refusals.Count > 0)
        {
            writes.BatchCommands.Add(RefusalsTable.Insert(rows.Refusals));
        }

        // Refusals alone are no commit of the journal.
        if (rows.Transactions.Count == 0)
        {
            return;
        }

        var next = new HeadRow(
            head.Sequence + 1,
            CanonicalBytes.CommitHash(
                head.Hash, head.Sequence + 1, at, rows.Transactions.Column(row => row.ContentHash)),
            at,
            head.Accounts + rows.Made.Count);
        if (rows.Made.Count > 0)
        {
            writes.BatchCommands.Add(AccountsTable.Insert(rows.Made, next.Sequence));
        }

        if (rows.Changed.Count > 0)
        {
            writes.BatchCommands.Add(AccountsTable.Update(rows.Changed, next.Sequence));
        }

        writes.BatchCommands.Add(JournalTable.InsertTransactions(next.Sequence, rows.Transactions));
        writes.BatchCommands.Add(JournalTable.InsertPostings(next.Sequence, rows.Postings));
        AddEffects(writes, batch, results, next);
        writes.BatchCommands.Add(JournalTable.InsertCommit(next, rows.Transactions.Count));
        writes.BatchCommands.Add(HeadTable.Notify(next.Sequence));
        writes.BatchCommands.Add(HeadTable.Move(head, next));
    }

    private static void AddEffects(
        NpgsqlBatch writes, IReadOnlyList<Transaction> batch, IReadOnlyList<PostResult> results, HeadRow next)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (results[i] is not PostResult.Accepted)
            {
                continue;
            }

            foreach (var effect in batch[i].Effects)
            {
                effect.AddCommands(writes, new(batch[i].Id, next.Sequence, next.At));
            }
        }
    }

    // Never before the commit before it, whatever the clock says; in the microseconds that the column keeps.
    private DateTimeOffset CommitTime(DateTimeOffset last)
    {
        var now = _clock.Now.ToUniversalTime();
        now = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
        return now > last ? now : last;
    }

    private void Count(IReadOnlyList<Transaction> batch, IReadOnlyList<PostResult> results, BatchRows rows)
    {
        _postings.Add(rows.Postings.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            var kind = new KeyValuePair<string, object?>("kind", batch[i].Kind.ToString());
            switch (results[i])
            {
                case PostResult.Accepted:
                    _accepted.Add(1, kind);
                    break;
                case PostResult.Repeated:
                    _repeated.Add(1, kind);
                    break;
                case PostResult.Refused { Reason: var reason }:
                    _refused.Add(1, kind, new("reason", reason.ToString()));
                    if (reason == Refusal.BeyondSchedule)
                    {
                        Log.BeyondSchedule(_logger, batch[i].Id, batch[i].Kind);
                    }

                    break;
            }
        }
    }
}

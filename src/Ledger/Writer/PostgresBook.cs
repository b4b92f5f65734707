using Npgsql;
using Stk.Ledger.Accounts;
using Stk.Ledger.Effects;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;
using Stk.Ledger.Sql;
using Stk.Storage;

namespace Stk.Ledger.Writer;

/// <summary>The book in PostgreSQL: two round trips a commit, however many transactions are in it.</summary>
/// <param name="log">Null where nothing in the batch has an entry in it.</param>
internal sealed class PostgresBook(CommitAttempt attempt, ChainSigner signer, ICommitLog? log) : IBookSession
{
    private ChainHead _logHead;

    // Each a statement of its own, the lock first: as one joined statement, a writer that had waited for the lock saw
    // the new head and the old balances (tried).
    public async Task<BookRead> Read(IReadOnlyList<AccountId> accounts, Guid[] ids, CancellationToken cancellation)
    {
        await using var reads = attempt.Begin();
        reads.BatchCommands.Add(HeadTable.Lock());
        reads.BatchCommands.Add(AccountsTable.Read(accounts));
        reads.BatchCommands.Add(JournalTable.Known(ids));
        reads.BatchCommands.Add(RefusalsTable.Read(ids));
        if (log is not null)
        {
            reads.BatchCommands.Add(log.ReadHead());
        }

        HeadRow head;
        Dictionary<AccountId, AccountRow> found;
        List<Guid> known;
        var answers = new Dictionary<Guid, PastAnswer>();
        await using (var reader = await reads.ExecuteReaderAsync(cancellation))
        {
            head = await HeadTable.Row(reader, cancellation);
            await reader.NextResultAsync(cancellation);
            found = await AccountsTable.Rows(reader, cancellation);
            await reader.NextResultAsync(cancellation);
            known = await JournalTable.KnownIds(reader, cancellation);
            await reader.NextResultAsync(cancellation);
            await RefusalsTable.Rows(reader, answers, cancellation);
            if (log is not null)
            {
                await reader.NextResultAsync(cancellation);
                _logHead = await log.Head(reader, cancellation);
            }
        }

        if (known.Count > 0)
        {
            foreach (var past in await JournalTable.Find(attempt.Connection, [.. known], cancellation))
            {
                answers.Add(past.Id, new(past.ContentHash, past.Receipt, Refused: null));
            }
        }

        return new(head, found, answers);
    }

    public async Task Write(BookWrite write, CancellationToken cancellation)
    {
        await using var writes = new NpgsqlBatch(attempt.Connection);
        if (write.Rows.Refusals.Count > 0)
        {
            writes.BatchCommands.Add(RefusalsTable.Insert(write.Rows.Refusals));
        }

        if (write.Next is { } next)
        {
            AddCommit(writes, write, next);
        }

        FaultPoints.Reach("ledger.before-commit");
        await attempt.Commit(writes, cancellation);
        FaultPoints.Reach("ledger.after-commit");
    }

    public Task Rollback(CancellationToken cancellation) => attempt.Rollback(cancellation);

    private void AddCommit(NpgsqlBatch writes, BookWrite write, HeadRow next)
    {
        var rows = write.Rows;
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
        EffectCommands.AddTo(writes, write.Accepted, next.Sequence, next.At);
        if (log is not null)
        {
            AddEntries(log, writes, write.Accepted, next);
        }

        writes.BatchCommands.Add(JournalTable.InsertCommit(
            next, rows.Transactions.Count, signer.Sign(SignedChain.Ledger, next.Sequence, next.Hash)));
        writes.BatchCommands.Add(HeadTable.Notify(next.Sequence));
        writes.BatchCommands.Add(HeadTable.Move(write.Head, next));
    }

    private void AddEntries(ICommitLog into, NpgsqlBatch writes, IReadOnlyList<Transaction> accepted, HeadRow next)
    {
        var posted = new List<PostedEffect>();
        foreach (var transaction in accepted)
        {
            foreach (var effect in transaction.Effects)
            {
                if (into.Holds(effect))
                {
                    posted.Add(new(effect, new(transaction.Id, next.Sequence, next.At)));
                }
            }
        }

        into.AddCommands(writes, _logHead, posted);
    }
}

using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Sql;
using Stk.Rules.Time;
using Stk.Storage.Sql;

namespace Stk.Ledger.Writer;

/// <summary>Decides a batch on a book.</summary>
internal delegate IReadOnlyList<PostResult> Decision(IReadOnlyList<Transaction> batch, BookView before);

/// <summary>One commit of the book: reads what the batch concerns, decides, writes. Knows no database.</summary>
/// <param name="committed">Told of the accounts that a commit has changed, once it is done.</param>
internal sealed class LedgerCommit(
    IClock clock, IIssuanceLimit issuance, Decision decide, Action<IReadOnlyList<AccountState>>? committed = null)
{
    public async Task<IReadOnlyList<PostResult>> Run(
        IBookSession book, IReadOnlyList<Transaction> batch, CancellationToken cancellation)
    {
        var named = new HashSet<AccountId>();
        foreach (var transaction in batch)
        {
            foreach (var posting in transaction.Postings)
            {
                named.Add(posting.Account);
            }
        }

        var (head, accounts, answers) = await book.Read(
            [.. named], batch.Column(transaction => transaction.Id), cancellation);
        var at = CommitTime(head.At);
        var results = decide(batch, new(
            head.Sequence + 1, at, issuance.At(at),
            accounts.ToDictionary(account => account.Key, account => account.Value.Balance), answers));
        var rows = BatchRows.Of(batch, results, accounts, head.Accounts);
        if (rows.Transactions.Count > 0 || rows.Refusals.Count > 0)
        {
            await book.Write(new(head, Next(head, at, rows), rows, Accepted(batch, results)), cancellation);
            committed?.Invoke(
                [
                    .. rows.Made.Concat(rows.Changed)
                        .Select(row => new AccountState(row.Account, row.Balance, head.Sequence + 1)),
                ]);
        }
        else
        {
            await book.Rollback(cancellation);
        }

        return results;
    }

    private static HeadRow? Next(HeadRow head, DateTimeOffset at, BatchRows rows) =>
        rows.Transactions.Count == 0
            ? null
            : new(
                head.Sequence + 1,
                CanonicalBytes.CommitHash(
                    head.Hash, head.Sequence + 1, at, rows.Transactions.Column(row => row.ContentHash)),
                at,
                head.Accounts + rows.Made.Count);

    private static List<Transaction> Accepted(
        IReadOnlyList<Transaction> batch, IReadOnlyList<PostResult> results)
    {
        var accepted = new List<Transaction>(batch.Count);
        for (var i = 0; i < batch.Count; i++)
        {
            if (results[i] is PostResult.Accepted)
            {
                accepted.Add(batch[i]);
            }
        }

        return accepted;
    }

    // Never before the commit before it, whatever the clock says; in the microseconds that the column keeps.
    private DateTimeOffset CommitTime(DateTimeOffset last)
    {
        var now = clock.Now.InWholeMicroseconds();
        return now > last ? now : last;
    }
}

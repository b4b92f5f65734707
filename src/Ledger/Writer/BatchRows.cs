using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Sql;
using Stk.Rules.Money;

namespace Stk.Ledger.Writer;

/// <summary>The machine's answer as rows: what one commit writes. Pure.</summary>
internal sealed class BatchRows
{
    private readonly List<TransactionRow> _transactions = [];
    private readonly List<PostingRow> _postings = [];
    private readonly List<RefusalRow> _refusals = [];
    private readonly List<AccountChange> _made = [];
    private readonly List<AccountChange> _changed = [];

    private BatchRows() { }

    public IReadOnlyList<TransactionRow> Transactions => _transactions;

    public IReadOnlyList<PostingRow> Postings => _postings;

    /// <summary>Without those of an id that has an answer already.</summary>
    public IReadOnlyList<RefusalRow> Refusals => _refusals;

    /// <summary>Accounts that have their first posting here.</summary>
    public IReadOnlyList<AccountChange> Made => _made;

    public IReadOnlyList<AccountChange> Changed => _changed;

    public static BatchRows Of(
        IReadOnlyList<Transaction> batch, IReadOnlyList<PostResult> results,
        IReadOnlyDictionary<AccountId, AccountRow> accounts, long accountsMade)
    {
        var rows = new BatchRows();
        var ids = new Dictionary<AccountId, long>();
        var balances = new Dictionary<AccountId, Amount>();
        for (var i = 0; i < batch.Count; i++)
        {
            var transaction = batch[i];
            if (results[i] is PostResult.Accepted { Committed: var receipt })
            {
                rows._transactions.Add(new(
                    transaction.Id, receipt.Position, transaction.Kind, transaction.Reference, transaction.ContentHash,
                    transaction.EffectsHash));
                for (var line = 0; line < receipt.Lines.Length; line++)
                {
                    var (account, amount, after) = receipt.Lines[line];
                    rows._postings.Add(new(receipt.Position, line, IdOf(account), amount.Micro, after.Micro));
                    balances[account] = after;
                }
            }
            else if (results[i] is PostResult.Refused { Reason: not Refusal.IdUsedWithOtherContent and var reason })
            {
                rows._refusals.Add(new(transaction.Id, transaction.ContentHash, reason));
            }
        }

        foreach (var (account, balance) in balances)
        {
            if (accounts.TryGetValue(account, out var row))
            {
                rows._changed.Add(new(row.Id, account, balance, row.Sequence));
            }
            else
            {
                rows._made.Add(new(ids[account], account, balance, ReadSequence: 0));
            }
        }

        return rows;

        long IdOf(AccountId account)
        {
            if (accounts.TryGetValue(account, out var row))
            {
                return row.Id;
            }

            if (!ids.TryGetValue(account, out var id))
            {
                id = accountsMade + ids.Count + 1;
                ids.Add(account, id);
            }

            return id;
        }
    }
}

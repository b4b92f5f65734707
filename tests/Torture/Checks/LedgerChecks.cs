using Npgsql;
using Stk.Grains.Torture;
using Stk.Ledger.Machine;
using Stk.Torture.Operations;

namespace Stk.Torture.Checks;

/// <summary>The book against itself, and against what every sender of a transfer was told.</summary>
internal static class LedgerChecks
{
    private const string CountPostingsSql = "SELECT count(*) FROM ledger.postings";

    public static async Task<CheckResult> SumIsZero(NpgsqlDataSource database) => new(
        "all balances sum to zero, and none is below zero but issuance",
        await database.Problems("""
            SELECT 'balances sum to ' || sum(balance_micro) FROM ledger.accounts HAVING sum(balance_micro) <> 0
            UNION ALL
            SELECT format('account %s of kind %s has %s', id, kind, balance_micro) FROM ledger.accounts
            WHERE balance_micro < 0 AND kind <> 1
            UNION ALL
            SELECT format('commit %s, transaction %s sums to %s', sequence, position, sum(amount_micro))
            FROM ledger.postings GROUP BY sequence, position HAVING sum(amount_micro) <> 0
            """),
        await database.Count("SELECT count(*) FROM ledger.accounts"));

    public static async Task<CheckResult> BalancesArePostings(NpgsqlDataSource database) => new(
        "every balance is the sum of its postings, each posting's balance follows from the one before",
        await database.Problems("""
            SELECT format('account %s has %s, its postings sum to %s', account.id, account.balance_micro, sum(amount_micro))
            FROM ledger.accounts account LEFT JOIN ledger.postings posting ON posting.account_id = account.id
            GROUP BY account.id HAVING account.balance_micro IS DISTINCT FROM sum(amount_micro)::bigint
            UNION ALL
            SELECT format('account %s, commit %s: %s after %s and %s', account_id, sequence, balance_after, before, amount_micro)
            FROM (
                SELECT *, lag(balance_after, 1, 0::bigint) OVER (
                    PARTITION BY account_id ORDER BY sequence, position, line) AS before
                FROM ledger.postings) line
            WHERE before + amount_micro <> balance_after
            """),
        await database.Count(CountPostingsSql));

    public static async Task<CheckResult> JournalIsDense(NpgsqlDataSource database) => new(
        "the journal is whole and dense: commits from 1 to the head, as many transactions as each says",
        await database.Problems("""
            SELECT format('the head is at %s, there are %s commits up to %s', head.sequence, count(*), max(made.sequence))
            FROM ledger.head head CROSS JOIN ledger.commits made GROUP BY head.sequence
            HAVING head.sequence <> count(*) OR head.sequence <> max(made.sequence) OR min(made.sequence) <> 1
            UNION ALL
            SELECT format('commit %s says %s transactions, there are %s', made.sequence, made.transactions, count(held.id))
            FROM ledger.commits made LEFT JOIN ledger.transactions held USING (sequence)
            GROUP BY made.sequence HAVING made.transactions <> count(held.id)
            UNION ALL
            SELECT format('a posting of commit %s, position %s belongs to no transaction', sequence, position)
            FROM ledger.postings posting WHERE NOT EXISTS (
                SELECT FROM ledger.transactions held
                WHERE held.sequence = posting.sequence AND held.position = posting.position)
            UNION ALL
            SELECT format('transaction %s is in the journal and among the refusals', id)
            FROM ledger.transactions JOIN ledger.refusals USING (id)
            """),
        await database.Count("SELECT count(*) FROM ledger.commits"));

    /// <summary>Each silo goes by the economy's clock, from its first commit on.</summary>
    /// <param name="now">Where the clock stands: the host's own is years ahead of it.</param>
    public static async Task<CheckResult> CommitsBearTheEconomysTime(NpgsqlDataSource database, DateTimeOffset now) => new(
        "every commit bears the economy's time, none before the one before it",
        [
            .. (await database.Read(
                "SELECT sequence, at, lag(at) OVER (ORDER BY sequence) FROM ledger.commits",
                row => (
                    Sequence: row.GetInt64(0), At: row.GetFieldValue<DateTimeOffset>(1),
                    Before: row.IsDBNull(2) ? DateTimeOffset.MinValue : row.GetFieldValue<DateTimeOffset>(2))))
                .Where(commit => commit.At > now || commit.At < commit.Before)
                .Select(commit => $"commit {commit.Sequence} is of {commit.At:O}, the one before of {commit.Before:O}; the clock stands at {now:O}"),
        ],
        await database.Count("SELECT count(*) FROM ledger.commits"));

    /// <summary>I6, I7, I8: what was acknowledged is there, what was refused is not, what is unknown is whole or absent.</summary>
    public static async Task<CheckResult> TransfersAreAsTold(
        NpgsqlDataSource database, IReadOnlyList<TransferRecord> records)
    {
        var journal = (await database.Read(
            "SELECT id, content_hash, sequence FROM ledger.transactions WHERE reference = 'torture'",
            row => (Id: row.GetGuid(0), Hash: new Digest(row.GetFieldValue<byte[]>(1)), Sequence: row.GetInt64(2))))
            .ToDictionary(row => row.Id);
        var refusals = (await database.Read(
            "SELECT id, content_hash, reason FROM ledger.refusals",
            row => (Id: row.GetGuid(0), Hash: new Digest(row.GetFieldValue<byte[]>(1)), Reason: (Refusal)row.GetInt16(2))))
            .ToDictionary(row => row.Id);
        var problems = new List<string>();
        foreach (var sendings in records.GroupBy(record => record.Order.Id))
        {
            var id = sendings.Key;
            var committed = journal.TryGetValue(id, out var held);
            var isRefused = refusals.TryGetValue(id, out var refusal);
            if (committed && sendings.All(sending => HashOf(sending) != held.Hash))
            {
                problems.Add($"{id} is in the journal with a content that nobody has sent");
            }

            foreach (var sending in sendings)
            {
                var hash = HashOf(sending);
                var fits = sending.Told switch
                {
                    Told.Accepted => committed && held.Hash == hash && held.Sequence == sending.Sequence,
                    Told.Refused when sending.Refusal == Refusal.IdUsedWithOtherContent =>
                        (committed && held.Hash != hash) || (isRefused && refusal.Hash != hash),
                    Told.Refused => !committed && isRefused && refusal.Hash == hash && refusal.Reason == sending.Refusal,
                    _ => true,
                };
                if (!fits)
                {
                    problems.Add($"{id}, {sending.Order.Amount} from {sending.Order.From} to {sending.Order.To}: told "
                        + $"{sending.Told} {sending.Refusal} at {sending.Sequence}, and "
                        + (committed ? $"in the journal at {held.Sequence}" : isRefused ? $"refused: {refusal.Reason}" : "nowhere"));
                }
            }

            if (sendings.All(sending => sending.Told == Told.NotDone) && (committed || isRefused))
            {
                problems.Add($"{id} was answered \"nothing was committed\" each time, and has been");
            }
        }

        problems.AddRange(journal.Keys.Except(records.Select(record => record.Order.Id))
            .Select(id => $"{id} is in the journal and was never sent"));
        return new(
            "each acknowledged transfer is there once with its content, each refused one is absent, each unknown one "
            + "was whole or absent",
            problems, records.Count);
    }

    private static Digest HashOf(TransferRecord record) => TortureTransfers.Plan(record.Order).ContentHash;
}

using System.Globalization;
using Npgsql;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Signing;
using Stk.Ledger.Sql;
using Stk.Rules.Money;
using Stk.Storage.Sql;

namespace Stk.Ledger.Verify;

/// <summary>
/// Goes through the journal once, in its order, and carries every balance and the hash along. A balance that does not fit
/// is noted; at the first row of the journal that does not fit it throws <see cref="JournalFaultException"/>.
/// </summary>
/// <param name="signatures">Null where they are not looked at.</param>
/// <param name="after">
/// The last commit that was found sound: it and all before it are taken as they stand. Sequence 0: all is looked at.
/// </param>
internal sealed class JournalWalk(
    HeadRow head, (long Sequence, Digest Hash)? published, SignatureWalk? signatures,
    (long Sequence, Digest Hash) after = default)
{
    private const string CommitsTable = "ledger.commits";
    private const string TransactionsTable = "ledger.transactions";
    private const string PostingsTable = "ledger.postings";
    private const string AccountsTableName = "ledger.accounts";

    private const string CommitsSql = """
        SELECT sequence, at, hash, transactions, signature FROM ledger.commits WHERE sequence > $1 ORDER BY sequence
        """;

    private const string TransactionsSql = """
        SELECT sequence, position, id, kind, reference, content_hash, effects_hash
        FROM ledger.transactions WHERE sequence > $1 ORDER BY sequence, position
        """;

    private const string PostingsSql = """
        SELECT sequence, position, line, account_id, amount_micro, balance_after
        FROM ledger.postings WHERE sequence > $1 ORDER BY sequence, position, line
        """;

    private const string AccountsSql =
        "SELECT id, kind, owner, balance_micro, sequence, 0::bigint, 0::bigint FROM ledger.accounts WHERE $1 = 0 ORDER BY id";

    // What they held there is what their last posting before it says.
    private const string TouchedAccountsSql = """
        SELECT account.id, kind, owner, balance_micro, account.sequence, coalesce(last.balance_after, 0),
            coalesce(last.sequence, 0)
        FROM ledger.accounts account
        LEFT JOIN LATERAL (
            SELECT balance_after, posting.sequence FROM ledger.postings posting
            WHERE posting.account_id = account.id AND posting.sequence <= $1
            ORDER BY posting.sequence DESC, position DESC, line DESC LIMIT 1) AS last ON true
        WHERE account.sequence > $1 ORDER BY account.id
        """;

    private const string VerifiedSql = "SELECT at, hash FROM ledger.commits WHERE sequence = $1";

    private readonly Dictionary<long, Carried> _accounts = [];
    private readonly List<Posting> _lines = [];
    private readonly List<Digest> _hashes = [];
    private Digest _hash = after.Sequence == 0 ? Digest.Zero : after.Hash;
    private DateTimeOffset _at = DateTimeOffset.UnixEpoch;

    /// <summary>The first balance that does not fit; null where all do.</summary>
    public VerifyFault? BalanceFault { get; private set; }

    /// <summary>The first commit whose signature does not fit; null where all do.</summary>
    public VerifyFault? SignatureFault => signatures?.Fault is { } fault
        ? new(VerifyAspect.Signatures, CommitsTable, fault.Row, fault.Expected, fault.Found)
        : null;

    /// <summary>Looked at.</summary>
    public long Commits { get; private set; }

    public long Transactions { get; private set; }

    public long Postings { get; private set; }

    public long Accounts => _accounts.Count;

    private long Last => after.Sequence + Commits;

    public async Task Run(Snapshot snapshot, CancellationToken cancellation)
    {
        if (after.Sequence > 0)
        {
            await Begin(snapshot, cancellation);
        }

        await using var accounts = await RowStream<Account>.Open(
            snapshot, after.Sequence == 0 ? AccountsSql : TouchedAccountsSql, Account.Of, cancellation, after.Sequence);
        for (; accounts.Next is { } account; await accounts.Take(cancellation))
        {
            _accounts.Add(account.Id, new(this, account));
        }

        await using var commits = await RowStream<Commit>.Open(
            snapshot, CommitsSql, Commit.Of, cancellation, after.Sequence);
        await using var transactions =
            await RowStream<Transaction>.Open(snapshot, TransactionsSql, Transaction.Of, cancellation, after.Sequence);
        await using var postings = await RowStream<Line>.Open(
            snapshot, PostingsSql, Line.Of, cancellation, after.Sequence);
        for (; commits.Next is { } commit; await commits.Take(cancellation))
        {
            await CheckCommit(commit, transactions, postings, cancellation);
            Commits++;
        }

        signatures?.End();
        NothingLeft(transactions.Next, postings.Next);
        CheckPublished();
        CheckHead();
        CheckAccounts();
    }

    // The commit that was found sound must still be there, as it was.
    private async Task Begin(Snapshot snapshot, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(VerifiedSql, snapshot.Connection).With(after.Sequence);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        var found = await row.ReadAsync(cancellation) ? new Digest(row.GetFieldValue<byte[]>(1)) : (Digest?)null;
        Require(
            found == after.Hash, CommitsTable, Key(after.Sequence), $"hash {after.Hash}, as it was verified",
            found?.ToString() ?? "none");
        _at = row.Instant(0);
    }

    private async Task CheckCommit(
        Commit commit, RowStream<Transaction> transactions, RowStream<Line> postings, CancellationToken cancellation)
    {
        var sequence = after.Sequence + Commits + 1;
        Require(commit.Sequence == sequence, CommitsTable, Key(sequence), "a commit", "none");
        Require(commit.At >= _at, CommitsTable, Key(sequence), $"a time not before {_at:O}", $"{commit.At:O}");

        _hashes.Clear();
        for (; transactions.Next is { } transaction && transaction.Sequence <= sequence;
            await transactions.Take(cancellation))
        {
            Require(
                (transaction.Sequence, transaction.Position) == (sequence, _hashes.Count), TransactionsTable,
                Key(sequence, _hashes.Count), "a transaction", $"{transaction.Id} at {transaction.Place}");
            await CheckTransaction(transaction, postings, cancellation);
            _hashes.Add(transaction.ContentHash);
            Transactions++;
        }

        Require(
            commit.Transactions == _hashes.Count, CommitsTable, Key(sequence),
            $"{commit.Transactions} transactions", Text(_hashes.Count));
        _hash = CanonicalBytes.CommitHash(_hash, sequence, commit.At, _hashes);
        Require(commit.Hash == _hash, CommitsTable, Key(sequence), $"hash {_hash}", commit.Hash.ToString());
        signatures?.Take(sequence, _hash, commit.Signature);
        _at = commit.At;
        if (published is { } anchor && anchor.Sequence == sequence)
        {
            Require(_hash == anchor.Hash, CommitsTable, Key(sequence), $"the published hash {anchor.Hash}", _hash.ToString());
        }
    }

    private async Task CheckTransaction(
        Transaction transaction, RowStream<Line> postings, CancellationToken cancellation)
    {
        _lines.Clear();
        Int128 sum = 0;
        for (; postings.Next is { } line && line.IsUpTo(transaction); await postings.Take(cancellation))
        {
            var key = Key(transaction.Sequence, transaction.Position, _lines.Count);
            Require(
                (line.Sequence, line.Position, line.Number)
                    == (transaction.Sequence, transaction.Position, _lines.Count),
                PostingsTable, key, "a posting", $"one at {Key(line.Sequence, line.Position, line.Number)}");
            Require(
                _accounts.TryGetValue(line.AccountId, out var account), PostingsTable, key, "an account that is there",
                $"account {line.AccountId}");
            account!.Post(line, key); // there, or it was thrown
            _lines.Add(new(account.Id, new(line.Amount)));
            sum += line.Amount;
            Postings++;
        }

        Require(
            sum == 0 && _lines.Count >= 2, TransactionsTable, transaction.Place, "postings that sum to zero",
            $"{_lines.Count} that sum to {sum.ToString(CultureInfo.InvariantCulture)} micro-STK");
        var hash = CanonicalBytes.ContentHash(
            transaction.Id, transaction.Kind, transaction.Reference,
            System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_lines), transaction.EffectsHash);
        Require(
            hash == transaction.ContentHash, TransactionsTable, transaction.Place, $"content hash {hash}",
            transaction.ContentHash.ToString());
    }

    private static void NothingLeft(Transaction? transaction, Line? line)
    {
        Require(transaction is null, TransactionsTable, transaction?.Place ?? "", "a commit that it is in", "none");
        Require(
            line is null, PostingsTable, line is null ? "" : Key(line.Sequence, line.Position, line.Number),
            "a transaction that it is in", "none");
    }

    // A tail that was cut together with the head leaves a sound shorter book: only what was published tells.
    private void CheckPublished()
    {
        if (published is { } anchor)
        {
            Require(
                anchor.Sequence <= Last, CommitsTable, Key(Last + 1),
                $"the journal up to the published head {anchor.Sequence}:{anchor.Hash}", $"its end at {Last}");
            Require(
                anchor.Sequence > 0 || anchor.Hash == Digest.Zero, CommitsTable, Key(0),
                $"the hash {Digest.Zero} of an empty book", anchor.Hash.ToString());
        }
    }

    private void CheckHead()
    {
        Require(
            head.Sequence == Last && head.Hash == _hash, "ledger.head", "its row", $"{Last}:{_hash}",
            $"{head.Sequence}:{head.Hash}");
        Require(head.At == _at, "ledger.head", "its row", $"the time {_at:O}", $"{head.At:O}");
        Require(
            after.Sequence > 0 || head.Accounts == Accounts, "ledger.head", "its row", $"{Accounts} accounts",
            Text(head.Accounts));
    }

    private void CheckAccounts()
    {
        foreach (var account in _accounts.Values.OrderBy(account => account.Stored.Id))
        {
            account.Check();
        }
    }

    private void Expect(bool isSo, string table, string row, string expected, string found)
    {
        if (!isSo)
        {
            BalanceFault ??= new(VerifyAspect.Balances, table, row, expected, found);
        }
    }

    private static void Require(bool isSo, string table, string row, string expected, string found)
    {
        if (!isSo)
        {
            throw new JournalFaultException(new(VerifyAspect.Journal, table, row, expected, found));
        }
    }

    private static string Key(long sequence) => string.Create(CultureInfo.InvariantCulture, $"sequence {sequence}");

    private static string Key(long sequence, int position) =>
        string.Create(CultureInfo.InvariantCulture, $"sequence {sequence}, position {position}");

    private static string Key(long sequence, int position, int line) =>
        string.Create(CultureInfo.InvariantCulture, $"sequence {sequence}, position {position}, line {line}");

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Commit(long Sequence, DateTimeOffset At, Digest Hash, int Transactions, byte[]? Signature)
    {
        public static Commit Of(NpgsqlDataReader row) => new(
            row.GetInt64(0), row.Instant(1), new(row.GetFieldValue<byte[]>(2)), row.GetInt32(3),
            row.IsDBNull(4) ? null : row.GetFieldValue<byte[]>(4));
    }

    private sealed record Transaction(
        long Sequence, int Position, Guid Id, TransactionKind Kind, string Reference, Digest ContentHash,
        Digest? EffectsHash)
    {
        public string Place => Key(Sequence, Position);

        public static Transaction Of(NpgsqlDataReader row) => new(
            row.GetInt64(0), row.GetInt32(1), row.GetGuid(2), (TransactionKind)row.GetInt16(3), row.GetString(4),
            new(row.GetFieldValue<byte[]>(5)), row.IsDBNull(6) ? null : new Digest(row.GetFieldValue<byte[]>(6)));
    }

    private sealed record Line(
        long Sequence, int Position, int Number, long AccountId, long Amount, long BalanceAfter)
    {
        public static Line Of(NpgsqlDataReader row) => new(
            row.GetInt64(0), row.GetInt32(1), row.GetInt32(2), row.GetInt64(3), row.GetInt64(4), row.GetInt64(5));

        public bool IsUpTo(Transaction transaction) =>
            Sequence < transaction.Sequence || (Sequence == transaction.Sequence && Position <= transaction.Position);
    }

    private sealed record Account(
        long Id, AccountId Name, Amount Balance, long Sequence, long BalanceBefore, long SequenceBefore)
    {
        public static Account Of(NpgsqlDataReader row) => new(
            row.GetInt64(0), new((AccountKind)row.GetInt16(1), row.GetInt64(2)), new(row.GetInt64(3)), row.GetInt64(4),
            row.GetInt64(5), row.GetInt64(6));
    }

    // An account's stored row beside what its postings make of it.
    private sealed class Carried(JournalWalk walk, Account stored)
    {
        private long _balance = stored.BalanceBefore;
        private long _sequence = stored.SequenceBefore;

        public Account Stored => stored;

        public AccountId Id => stored.Name;

        public void Post(Line line, string key)
        {
            var after = (Int128)_balance + line.Amount;
            walk.Expect(
                after == line.BalanceAfter, PostingsTable, key,
                $"{Id} at {Micro(_balance)} and {Micro(line.Amount)} to make {after.ToString(CultureInfo.InvariantCulture)} micro-STK",
                $"balance_after {Micro(line.BalanceAfter)}");
            walk.Expect(
                after >= 0 || Id.Kind == AccountKind.Issuance, PostingsTable, key, $"{Id} at or above zero",
                Micro(line.BalanceAfter));
            _balance = line.BalanceAfter;
            _sequence = line.Sequence;
        }

        public void Check()
        {
            var row = $"{Id} (id {stored.Id.ToString(CultureInfo.InvariantCulture)})";
            walk.Expect(Id.IsPossible, AccountsTableName, row, "an account that can be", "one that cannot");
            walk.Expect(
                stored.Balance.Micro == _balance, AccountsTableName, row,
                $"{Micro(_balance)} micro-STK, the sum of its postings", Micro(stored.Balance.Micro));
            walk.Expect(
                stored.Sequence == _sequence && _sequence > 0, AccountsTableName, row, $"sequence {Micro(_sequence)} of its last posting",
                Micro(stored.Sequence));
        }

        private static string Micro(long micro) => micro.ToString(CultureInfo.InvariantCulture);
    }
}

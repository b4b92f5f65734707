using System.Collections.Immutable;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Ledger.Sql;
using Stk.Ledger.Writer;
using Stk.Rules.Money;
using Stk.Simulation.Mistakes;
using Stk.Simulation.Servers;

namespace Stk.Simulation.Books;

/// <summary>The ledger's tables: what is committed, and the constraints that the schema puts on it.</summary>
internal sealed class BookTables(Mistake mistake)
{
    private readonly Dictionary<AccountId, AccountRow> _accounts = [];
    private readonly Dictionary<Guid, StoredTransaction> _byId = [];
    private readonly List<StoredTransaction> _transactions = [];
    private readonly List<HeadRow> _commits = [];
    private readonly Dictionary<Guid, RefusalRow> _refusals = [];
    private readonly Dictionary<string, Guid> _effects = new(StringComparer.Ordinal);
    private long _counter;

    /// <summary>The head's row, as transactions lock it.</summary>
    public RowLock HeadLock { get; } = new();

    public HeadRow Head { get; private set; } = new(0, Digest.Zero, DateTimeOffset.UnixEpoch, 0);

    public IReadOnlyDictionary<AccountId, AccountRow> Accounts => _accounts;

    /// <summary>In the order they were written.</summary>
    public IReadOnlyList<StoredTransaction> Transactions => _transactions;

    /// <summary>In the order they were written; their heads.</summary>
    public IReadOnlyList<HeadRow> Commits => _commits;

    public IReadOnlyDictionary<Guid, RefusalRow> Refusals => _refusals;

    /// <summary>Effects: the transaction of each key.</summary>
    public IReadOnlyDictionary<string, Guid> Effects => _effects;

    public StoredTransaction? Find(Guid id) => _byId.GetValueOrDefault(id);

    public Amount Balance(AccountId account) => _accounts.GetValueOrDefault(account).Balance;

    /// <summary>A number that no rollback gives back.</summary>
    public long NextOfCounter() => ++_counter;

    public BookRead Read(IReadOnlyList<AccountId> accounts, Guid[] ids)
    {
        var rows = new Dictionary<AccountId, AccountRow>();
        foreach (var account in accounts)
        {
            if (_accounts.TryGetValue(account, out var row))
            {
                rows.Add(account, row);
            }
        }

        var answers = new Dictionary<Guid, PastAnswer>();
        foreach (var id in ids)
        {
            if (_byId.TryGetValue(id, out var known))
            {
                answers[id] = new(known.ContentHash, known.Receipt, Refused: null);
            }
            else if (_refusals.TryGetValue(id, out var refusal))
            {
                answers[id] = mistake == Mistake.RefusalsKeptAsAccepted
                    ? new(refusal.ContentHash, new(Head.Sequence, 0, Head.At, []), Refused: null)
                    : new(refusal.ContentHash, Accepted: null, refusal.Reason);
            }
        }

        return new(Head, rows, answers);
    }

    /// <summary>All of it, or an exception and nothing.</summary>
    public void Apply(BookWrite write)
    {
        Check(write);
        foreach (var refusal in write.Rows.Refusals)
        {
            if (mistake != Mistake.RefusalsNotKept)
            {
                _refusals[refusal.Id] = refusal;
            }
        }

        if (write.Next is { } next)
        {
            Append(write, next);
        }
    }

    /// <summary>Effects of what is written already.</summary>
    public void ApplyEffects(BookWrite write)
    {
        foreach (var transaction in write.Accepted)
        {
            foreach (var effect in transaction.Effects.OfType<SimulatedEffect>())
            {
                _effects.Add(effect.Key, transaction.Id);
                effect.Written(write.Next?.Sequence ?? 0);
            }
        }
    }

    private void Check(BookWrite write)
    {
        var isCounted = mistake is not (Mistake.NoHeadLockAndNoRowCount or Mistake.BalancesOfBeforeTheWaitAndNoRowCount);
        var isKeyed = mistake is not (
            Mistake.KnownIdsFromMemory or Mistake.NoHeadLockAndNoRowCount or Mistake.BalancesOfBeforeTheWaitAndNoRowCount);
        foreach (var refusal in write.Rows.Refusals)
        {
            Require(!_refusals.ContainsKey(refusal.Id) || !isKeyed, () => ServerErrors.NotUnique("refusals.id"));
        }

        if (write.Next is null)
        {
            return;
        }

        Require(Head.Sequence == write.Head.Sequence || !isCounted, () => ServerErrors.RowsMissed("head"));
        foreach (var made in write.Rows.Made)
        {
            Require(!_accounts.ContainsKey(made.Account) || !isKeyed, () => ServerErrors.NotUnique("accounts.owner"));
        }

        foreach (var changed in write.Rows.Changed)
        {
            Require(
                _accounts.GetValueOrDefault(changed.Account).Sequence == changed.ReadSequence || !isCounted,
                () => ServerErrors.RowsMissed("accounts"));
            Require(
                changed.Balance >= Amount.Zero || changed.Account == AccountId.Issuance,
                () => ServerErrors.CheckViolated("none_below_zero_but_issuance"));
        }

        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var transaction in write.Accepted)
        {
            Require(!_byId.ContainsKey(transaction.Id) || !isKeyed, () => ServerErrors.NotUnique("transactions.id"));
            foreach (var effect in transaction.Effects.OfType<SimulatedEffect>())
            {
                Require(effect.Holds(), ServerErrors.NoLongerSo);
                Require(
                    !_effects.ContainsKey(effect.Key) && keys.Add(effect.Key), () => ServerErrors.NotUnique("effects.key"));
            }
        }
    }

    private void Append(BookWrite write, HeadRow next)
    {
        foreach (var row in write.Rows.Made.Concat(write.Rows.Changed))
        {
            _accounts[row.Account] = new(row.Id, row.Account, row.Balance, next.Sequence);
        }

        var postings = write.Rows.Postings.ToLookup(posting => posting.Position);
        for (var i = 0; i < write.Accepted.Count; i++)
        {
            var (transaction, row) = (write.Accepted[i], write.Rows.Transactions[i]);
            var lines = transaction.Postings.Zip(
                postings[row.Position], (posting, line) => new PostedLine(
                    posting.Account, new(line.AmountMicro), new(line.BalanceAfter)));
            var stored = new StoredTransaction(
                transaction, row.ContentHash, new(next.Sequence, row.Position, next.At, [.. lines]));
            _byId[transaction.Id] = stored;
            _transactions.Add(stored);
        }

        if (mistake != Mistake.EffectsAfterTheCommit)
        {
            ApplyEffects(write);
        }

        _commits.Add(next);
        Head = next;
    }

    private static void Require(bool holds, Func<Npgsql.PostgresException> error)
    {
        if (!holds)
        {
            throw error();
        }
    }
}

/// <summary>A row of the journal with its postings.</summary>
internal sealed record StoredTransaction(Transaction Transaction, Digest ContentHash, Receipt Receipt);

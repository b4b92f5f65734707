using System.Collections.Immutable;

namespace Stk.Verification.Chain;

/// <summary>Holds what the rows say against what a chain shows. Pure.</summary>
internal sealed class ChainComparison
{
    private readonly ChainBook _book;
    private readonly string[] _ours;
    private readonly List<string> _mismatches = [];
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly HashSet<(string Signature, string Account)> _arrived = [];
    private readonly Dictionary<long, (Int128 Sent, Int128 Received)> _persons = [];

    private ChainComparison(ChainBook book, string[] ours) => (_book, _ours) = (book, ours);

    /// <summary>A sentence a mismatch.</summary>
    /// <param name="ours">Our token accounts.</param>
    public static ImmutableArray<string> Of(ChainBook book, string[] ours, IEnumerable<ChainTransaction> transactions)
    {
        var comparison = new ChainComparison(book, ours);
        foreach (var transaction in transactions.OrderBy(one => one.Slot))
        {
            comparison.Take(transaction);
        }

        comparison.FindAbsent();
        comparison.HoldPersons();
        return [.. comparison._mismatches];
    }

    private void Take(ChainTransaction transaction)
    {
        if (_book.Moves.TryGetValue(transaction.Signature, out var moves))
        {
            _seen.Add(transaction.Signature);
            TakeAct(transaction, moves);
        }
        else if (!_book.OpenSignatures.Contains(transaction.Signature))
        {
            foreach (var account in _ours.Where(transaction.Changes.ContainsKey))
            {
                TakeForeign(transaction, account);
            }
        }
    }

    private void TakeAct(ChainTransaction transaction, ImmutableArray<BookMove> moves)
    {
        var planned = moves.ToDictionary(move => move.Account, StringComparer.Ordinal);
        foreach (var account in planned.Keys.Union(transaction.Changes.Keys, StringComparer.Ordinal))
        {
            var move = planned.GetValueOrDefault(account);
            var change = transaction.Changes.GetValueOrDefault(account);
            if (change != (move?.Micro ?? 0))
            {
                _mismatches.Add(
                    $"Transaction {transaction.Signature} of act {moves[0].Act} has changed {account} by {change} micro-STK, and by the ledger by {move?.Micro ?? 0}.");
            }

            if (move?.Participant is { } participant)
            {
                var (sent, received) = _persons.GetValueOrDefault(participant);
                _persons[participant] = (sent + change, received);
            }
        }
    }

    // What went from one of our accounts to the other, or was minted, nobody has sent or taken.
    private void TakeForeign(ChainTransaction transaction, string account)
    {
        var change = transaction.Changes[account];
        var others = _ours.Where(other => other != account)
            .Aggregate((Int128)0, (sum, other) => sum + transaction.Changes.GetValueOrDefault(other));
        var inside = change > 0 ? Int128.Clamp(-others, 0, change) : Int128.Clamp(-others, change, 0);
        var all = transaction.Changes.Values.Aggregate((Int128)0, (sum, one) => sum + one);
        var foreign = change - inside - (change > 0 ? Int128.Clamp(all, 0, change - inside) : 0);
        var known = _book.Arrivals.GetValueOrDefault((transaction.Signature, account));
        _arrived.Add((transaction.Signature, account));
        // What is beyond the cursor is not read yet.
        if (known is null && transaction.Slot > _book.Slots.GetValueOrDefault(account))
        {
            return;
        }

        if (foreign != (known?.Micro ?? 0))
        {
            _mismatches.Add(
                $"Transaction {transaction.Signature} has brought {account} {foreign} micro-STK from others, and by the ledger {known?.Micro ?? 0}.");
        }

        if (known?.Participant is { } participant)
        {
            var (sent, received) = _persons.GetValueOrDefault(participant);
            _persons[participant] = (sent, received + foreign);
        }
    }

    private void FindAbsent()
    {
        foreach (var (signature, moves) in _book.Moves.Where(one => !_seen.Contains(one.Key) && Moves(one.Value)))
        {
            _mismatches.Add($"Transaction {signature} of act {moves[0].Act} has landed by the ledger, and is not on chain.");
        }

        foreach (var (place, known) in _book.Arrivals.Where(one => !_arrived.Contains(one.Key)))
        {
            _mismatches.Add(
                $"Transaction {place.Signature} is {known.What} by the ledger, and has not changed {place.Account} on chain.");
        }

        // Nothing that changes nothing is shown.
        static bool Moves(ImmutableArray<BookMove> moves) => moves.Any(move => move.Micro != 0);
    }

    private void HoldPersons()
    {
        var book = _book.Persons.ToDictionary(person => person.Participant);
        foreach (var participant in book.Keys.Union(_persons.Keys).Order())
        {
            var (sent, received) = _persons.GetValueOrDefault(participant);
            var known = book.GetValueOrDefault(participant);
            if (sent != (known?.SentMicro ?? 0) || received != (known?.ReceivedMicro ?? 0))
            {
                _mismatches.Add(
                    $"Participant {participant} has got {sent} micro-STK and given back {received} by the chain, and by the ledger {known?.SentMicro ?? 0} and {known?.ReceivedMicro ?? 0}.");
            }
        }
    }
}

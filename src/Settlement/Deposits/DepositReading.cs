using System.Collections.Immutable;
using Stk.Solana.Keys;

namespace Stk.Settlement.Deposits;

/// <summary>What a reading of one of our token accounts comes to. A closed set: nothing outside can add a case.</summary>
public abstract record DepositReading
{
    /// <summary>How many nodes have to show the same.</summary>
    public const int NodesThatAgree = 2;

    private DepositReading()
    {
    }

    /// <summary>Every change is there. The deposits are credited, and then the cursor is written.</summary>
    /// <param name="Deposits">The oldest first.</param>
    /// <param name="Unexplained">Took something, and is none of ours: a difference.</param>
    /// <param name="MintedMicro">What was minted into the account since the cursor. Unit: micro-STK.</param>
    public sealed record Explained(
        ImmutableArray<Deposit> Deposits, ImmutableArray<AccountEntry> Unexplained, Int128 MintedMicro,
        AccountCursor Cursor) : DepositReading;

    /// <summary>Nothing is credited, and it is read again: an address' history has gaps, and gives entries twice.</summary>
    /// <param name="Why">A sentence that names node and difference.</param>
    public sealed record NotNow(string Why) : DepositReading;

    /// <summary>
    /// Holds what nodes say against each other and against the account's balance: only where the changes since the cursor
    /// explain it, on all nodes that have answered and on two at least, is anything credited.
    /// </summary>
    /// <param name="ours">Signatures of our own acts: payouts, refills, burns and mints are no deposits.</param>
    public static DepositReading Of(
        AccountCursor cursor, IReadOnlyList<AccountView> views, IReadOnlySet<Signature> ours)
    {
        if (views.Count < NodesThatAgree)
        {
            return new NotNow($"{views.Count} nodes have answered, and {NodesThatAgree} are needed.");
        }

        // Of an older moment nothing is new, and a node that has not got there proves nothing.
        var slot = views.Min(view => view.Slot);
        if (slot < cursor.Slot)
        {
            return new NotNow($"A node is at slot {slot}, and the account was read up to {cursor.Slot}.");
        }

        var first = Between(cursor, views[0], slot);
        foreach (var view in views)
        {
            var entries = Between(cursor, view, view.Slot);
            var balance = entries.Aggregate((Int128)cursor.BalanceMicro, (sum, entry) => sum + entry.ChangeMicro);
            if (balance != view.BalanceMicro)
            {
                return new NotNow(
                    $"{view.Node} shows changes up to {balance} micro-STK, and a balance of {view.BalanceMicro}.");
            }

            if (!first.SequenceEqual(Between(cursor, view, slot)))
            {
                return new NotNow($"{view.Node} and {views[0].Node} show different changes.");
            }
        }

        return Read(cursor, first, slot, ours);
    }

    private static Explained Read(
        AccountCursor cursor, List<AccountEntry> entries, ulong slot, IReadOnlySet<Signature> ours)
    {
        var foreign = entries.Where(entry => !ours.Contains(entry.Signature)).ToList();
        var balance = entries.Aggregate((Int128)cursor.BalanceMicro, (sum, entry) => sum + entry.ChangeMicro);
        return new(
            [
                .. foreign.Where(entry => entry.ForeignMicro > 0).Select(entry => new Deposit(
                    SettlementIds.Deposit(entry.Signature, entry.AccountIndex), entry.Signature, entry.AccountIndex,
                    entry.Slot, checked((long)entry.ForeignMicro), entry.Sender, entry.Memo)),
            ],
            [.. foreign.Where(entry => entry.ForeignMicro < 0)],
            entries.Aggregate((Int128)0, (sum, entry) => sum + entry.MintedMicro),
            cursor with
            {
                Slot = slot,
                Last = entries.Count > 0 ? entries[^1].Signature : cursor.Last,
                BalanceMicro = checked((ulong)balance),
            });
    }

    // The list is read after the balance: it may be ahead of it. Nodes put what is of one slot in one order or another, and
    // anybody can put two into a slot.
    private static List<AccountEntry> Between(AccountCursor cursor, AccountView view, ulong slot) =>
    [
        .. view.Entries.Where(entry => entry.Slot > cursor.Slot && entry.Slot <= slot)
            .DistinctBy(entry => entry.Signature)
            .OrderBy(entry => entry.Slot).ThenBy(entry => entry.Signature.ToString(), StringComparer.Ordinal),
    ];
}

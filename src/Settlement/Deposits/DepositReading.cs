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

    /// <summary>Every change is there. The deposits and the cursor are written in one commit.</summary>
    /// <param name="Deposits">The oldest first.</param>
    /// <param name="Unexplained">Took something, and is none of ours: a difference.</param>
    public sealed record Explained(
        ImmutableArray<Deposit> Deposits, ImmutableArray<AccountEntry> Unexplained, AccountCursor Cursor) : DepositReading;

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

        var slot = views.Min(view => view.Slot);
        var first = Until(views[0], slot);
        foreach (var view in views)
        {
            var entries = Until(view, view.Slot);
            var balance = entries.Aggregate((Int128)cursor.BalanceMicro, (sum, entry) => sum + entry.ChangeMicro);
            if (balance != view.BalanceMicro)
            {
                return new NotNow(
                    $"{view.Node} shows changes up to {balance} micro-STK, and a balance of {view.BalanceMicro}.");
            }

            if (!first.SequenceEqual(Until(view, slot)))
            {
                return new NotNow($"{view.Node} and {views[0].Node} show different changes.");
            }
        }

        return Read(cursor, first, ours);
    }

    private static Explained Read(AccountCursor cursor, List<AccountEntry> entries, IReadOnlySet<Signature> ours)
    {
        var foreign = entries.Where(entry => !ours.Contains(entry.Signature)).ToList();
        var balance = entries.Aggregate((Int128)cursor.BalanceMicro, (sum, entry) => sum + entry.ChangeMicro);
        return new(
            [
                .. foreign.Where(entry => entry.ChangeMicro > 0).Select(entry => new Deposit(
                    SettlementIds.Deposit(entry.Signature, entry.AccountIndex), entry.Signature, entry.AccountIndex,
                    checked((long)entry.ChangeMicro), entry.Sender, entry.Memo)),
            ],
            [.. foreign.Where(entry => entry.ChangeMicro < 0)],
            cursor with
            {
                Last = entries.Count > 0 ? entries[^1].Signature : cursor.Last,
                BalanceMicro = checked((ulong)balance),
            });
    }

    // The list is read after the balance: it may be ahead of it.
    private static List<AccountEntry> Until(AccountView view, ulong slot) =>
        [.. view.Entries.Where(entry => entry.Slot <= slot).DistinctBy(entry => entry.Signature)];
}

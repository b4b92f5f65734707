using System.Collections.Immutable;
using Stk.Solana.Keys;
using Stk.Solana.Programs;

namespace Stk.Solana.Payouts;

/// <summary>From a list of payouts to as few transactions as packets allow. Pure: the same list, the same plan.</summary>
public static class PayoutPlanner
{
    // The exact search is done on so many transactions of each kind; what is beyond them is packed full.
    private const int SearchedTransactions = 20;

    /// <summary>
    /// Every payout in exactly one batch. Within each kind (needing an account or not) payouts keep the list's order.
    /// </summary>
    /// <exception cref="ArgumentException">An amount of zero, an id twice, or a payout to the float itself.</exception>
    public static ImmutableArray<PayoutBatch> Plan(IReadOnlyList<Payout> payouts, PayoutTerms terms)
    {
        Check(payouts, terms);
        var packet = Packet.Of(terms);
        var needing = new Queue<Payout>(payouts.Where(payout => payout.NeedsAccount));
        var existing = new Queue<Payout>(payouts.Where(payout => !payout.NeedsAccount));
        var batches = ImmutableArray.CreateBuilder<PayoutBatch>();
        foreach (var (countNew, countExisting) in Counts(packet, needing.Count, existing.Count))
        {
            batches.Add(Batch([.. Take(needing, countNew), .. Take(existing, countExisting)], terms));
        }

        return batches.ToImmutable();
    }

    /// <summary>How many of each kind go into each transaction: as few transactions as there can be.</summary>
    internal static IEnumerable<(int New, int Existing)> Counts(Packet packet, int countNew, int countExisting)
    {
        // A transaction of one kind only, full, is never a bad one; it is the last few that need thought. Full ones
        // first, until so few are left that all ways can be tried.
        var fullNew = Math.Max(0, (countNew / packet.MostNew) - SearchedTransactions);
        var fullExisting = Math.Max(0, (countExisting / packet.MostExisting) - SearchedTransactions);
        return
        [
            .. Enumerable.Repeat((packet.MostNew, 0), fullNew),
            .. Fewest(packet, countNew - (fullNew * packet.MostNew), countExisting - (fullExisting * packet.MostExisting)),
            .. Enumerable.Repeat((0, packet.MostExisting), fullExisting),
        ];
    }

    /// <summary>
    /// The fewest transactions for so many of each kind, all ways tried: room[k][n] is the most payouts to existing
    /// accounts that fit beside n that need one, spread over k transactions.
    /// </summary>
    private static List<(int New, int Existing)> Fewest(Packet packet, int countNew, int countExisting)
    {
        var room = new List<int[]> { Row(countNew) };
        var choice = new List<int[]> { new int[countNew + 1] };
        room[0][0] = 0;
        while (room[^1][countNew] < countExisting)
        {
            var (before, next, chosen) = (room[^1], Row(countNew), new int[countNew + 1]);
            for (var total = 0; total <= countNew; total++)
            {
                for (var here = 0; here <= Math.Min(total, packet.MostNew); here++)
                {
                    var fits = before[total - here] < 0 ? -1 : before[total - here] + packet.ExistingBeside(here);
                    // The most that need an account first, where it makes no difference.
                    if (fits >= 0 && fits >= next[total])
                    {
                        (next[total], chosen[total]) = (fits, here);
                    }
                }
            }

            room.Add(next);
            choice.Add(chosen);
        }

        var counts = new List<(int, int)>();
        var (newLeft, existingLeft) = (countNew, countExisting);
        for (var transaction = room.Count - 1; transaction > 0; transaction--)
        {
            var here = choice[transaction][newLeft];
            var beside = Math.Min(existingLeft, packet.ExistingBeside(here));
            counts.Add((here, beside));
            newLeft -= here;
            existingLeft -= beside;
        }

        return counts;

        static int[] Row(int count)
        {
            var row = new int[count + 1];
            Array.Fill(row, -1);
            return row;
        }
    }

    private static PayoutBatch Batch(ImmutableArray<Payout> payouts, PayoutTerms terms)
    {
        var accounts = ImmutableArray.CreateBuilder<PublicKey>(payouts.Length);
        var units = (long)Packet.UnitsOfTheRest;
        foreach (var payout in payouts)
        {
            var (account, bump) = AssociatedTokenAccountProgram.FindAssociatedTokenAccount(payout.Wallet, terms.Mint);
            accounts.Add(account);
            units += Packet.UnitsOfTransfer;
            // The program looks for the address as we did, and each try costs.
            units += payout.NeedsAccount
                ? Packet.UnitsOfAccount + ((byte.MaxValue - bump + 1) * Packet.UnitsOfTry)
                : 0;
        }

        return new(payouts, accounts.MoveToImmutable(), (uint)Math.Min(units, ComputeBudgetProgram.MostUnits));
    }

    private static IEnumerable<Payout> Take(Queue<Payout> payouts, int count) =>
        Enumerable.Range(0, count).Select(_ => payouts.Dequeue());

    private static void Check(IReadOnlyList<Payout> payouts, PayoutTerms terms)
    {
        var ids = new HashSet<Guid>(payouts.Count);
        foreach (var payout in payouts)
        {
            if (payout.AmountMicro == 0)
            {
                throw new ArgumentException($"Payout {payout.Id} is of nothing.", nameof(payouts));
            }

            if (!ids.Add(payout.Id))
            {
                throw new ArgumentException($"Payout {payout.Id} is in the list twice.", nameof(payouts));
            }

            if (payout.Wallet == terms.PayoutFloat)
            {
                throw new ArgumentException($"Payout {payout.Id} goes to the float itself.", nameof(payouts));
            }
        }
    }
}

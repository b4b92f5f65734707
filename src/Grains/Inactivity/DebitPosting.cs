using Npgsql;
using Stk.Grains.Requests;
using Stk.Ledger;
using Stk.Ledger.Machine;
using Stk.Rules.RuleBooks;
using Stk.Storage;

namespace Stk.Grains.Inactivity;

/// <summary>Takes what was decided, from the stored lines alone, so that it can begin again at any point.</summary>
internal sealed class DebitPosting(LineTable lines, ILedger ledger)
{
    /// <summary>Read and posted at once: the ledger gathers them into its commits.</summary>
    private const int AtOnce = 2_000;

    public async Task Run(QuarterRun run, Borders borders)
    {
        var after = 0L;
        while (true)
        {
            var open = await lines.ReadOpen(run.Quarter, after, AtOnce);
            if (open.IsEmpty)
            {
                return;
            }

            await Task.WhenAll(open.Select(line => Charge(run, borders, line)));
            FaultPoints.Reach("inactivity.between-debits");
            after = open[^1].Participant;
        }
    }

    private async Task Charge(QuarterRun run, Borders borders, StoredLine line)
    {
        // Each time something else of the participant was first: it does not go on for ever.
        for (StoredLine? next = line; next is { Taken.Micro: > 0 };)
        {
            if (await Post(next, borders.Rules.Restoration))
            {
                return;
            }

            next = await lines.AssessAgain(run, borders, next);
        }
    }

    // False where it must be assessed again: the balance has fallen, or there is an appeal or a suspension by now.
    private async Task<bool> Post(StoredLine line, RestorationRules rules)
    {
        try
        {
            var result = await ledger.Post(
                InactivityPayments.Debit(
                    line.Quarter, line.Participant, line.Attempt, line.Taken, line.Assessment.RateBp, rules),
                PostPriority.Bulk);
            return result.Objection switch
            {
                null => true,
                Refusal.InsufficientFunds => false,
                var refusal => throw new InvalidOperationException(
                    $"the ledger refused what {line.Quarter} takes from participant {line.Participant}: {refusal}"),
            };
        }
        catch (PostgresException conflict) when (KeyedWrites.IsConflict(conflict))
        {
            return false;
        }
    }
}

using Microsoft.Extensions.Logging;
using Npgsql;
using Stk.Grains.Requests;
using Stk.Grains.RuleBooks;
using Stk.Ledger;
using Stk.Ledger.Machine;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Weeks;
using Stk.Storage;

namespace Stk.Grains.Inactivity;

/// <summary>
/// What a week's settlement gives back to those who have returned. May be begun again after a death at any point: rights and
/// decision are stored first, and each is posted once by its id.
/// </summary>
internal sealed class Restorations(
    RestorationTable table, RuleBookTable ruleBooks, ILedger ledger, ILogger<Restorations> log)
{
    private const int AtOnce = 500;

    /// <summary>After the week's own payments and what it gives back to the fund.</summary>
    public async Task Run(WeekId week)
    {
        foreach (var (quarter, version) in await table.ReadQuarters())
        {
            var rules = (await ruleBooks.ReadVersion(version, CancellationToken.None)).Inactivity.Restoration;
            var restoration = Restoration.Of(InactivityTimetable.RunMonday(quarter), rules);
            if (!restoration.IsEarned(week, restoration.Weeks))
            {
                continue;
            }

            var returned = await table.ReadReturned(week, quarter, restoration.Weeks);
            await table.Earn(
                quarter, week,
                [
                    .. returned.Select(one => (one.Participant, Amount: restoration.Sum(one.Debit)))
                        .Where(one => one.Amount > Amount.Zero),
                ]);
        }

        if (await table.Decide(week) is not { } decision)
        {
            return;
        }

        if (!decision.IsPaid)
        {
            Log.RestorationWaits(log, week, decision.Due, decision.Fund);
            return;
        }

        foreach (var some in (await table.ReadDue()).Chunk(AtOnce))
        {
            await Task.WhenAll(some.Select(one => Post(
                InactivityPayments.Restoration(one.Quarter, one.Participant, week, one.Amount))));
            FaultPoints.Reach("inactivity.between-restorations");
        }
    }

    private async Task Post(Transaction transaction)
    {
        try
        {
            var result = await ledger.Post(transaction, PostPriority.Bulk);
            // Somebody else may have spent from the fund meanwhile: then it waits for the next settlement.
            if (result.Objection is { } refusal and not Refusal.InsufficientFunds)
            {
                throw new InvalidOperationException(
                    $"the ledger refused what is given back of {transaction.Reference}: {refusal}");
            }
        }
        catch (PostgresException given) when (KeyedWrites.IsConflict(given))
        {
            // By an appeal that was accepted in this moment.
        }
    }
}

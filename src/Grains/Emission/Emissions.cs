using System.Collections.Immutable;
using System.Globalization;
using Stk.Ledger.Accounts;
using Stk.Ledger.Machine;
using Stk.Rules.Causes;
using Stk.Rules.Emission;
using Stk.Rules.Money;
using Stk.Rules.RuleBooks;

namespace Stk.Grains.Emission;

/// <summary>The ledger transaction of a day's emission. Pure.</summary>
internal static class Emissions
{
    /// <summary>From issuance to the five funds; null on a day that emits nothing.</summary>
    /// <param name="refusals">Attempts at this day that the ledger has refused.</param>
    public static Transaction? Of(DateOnly day, EmissionSchedule schedule, RuleBook book, int refusals)
    {
        var emission = schedule.OfDay(day);
        if (emission == Amount.Zero)
        {
            return null;
        }

        var parts = EmissionSchedule.Split(emission, book.EmissionSharesBp.AsSpan());
        var postings = ImmutableArray.CreateBuilder<Posting>();
        postings.Add(new(AccountId.Issuance, -emission));
        foreach (var (fund, part) in Funds.All.Zip(parts))
        {
            if (part > Amount.Zero)
            {
                postings.Add(new(AccountId.Fund(fund), part));
            }
        }

        var text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var id = refusals == 0
            ? CauseId.Of("emission", text)
            : CauseId.Of("emission", text, refusals.ToString(CultureInfo.InvariantCulture));
        return new(id, TransactionKind.Emission, text, postings.ToImmutable());
    }
}

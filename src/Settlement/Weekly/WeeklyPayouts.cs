using System.Collections.Immutable;
using Stk.Rules.Money;
using Stk.Rules.Weeks;

namespace Stk.Settlement.Weekly;

/// <summary>Who gets what to their wallet after a week's run. Pure.</summary>
public static class WeeklyPayouts
{
    /// <summary>
    /// Who chose it and whose wallet is ripe gets what this week has released, at most the balance. What is under the
    /// minimum stays in the cabinet, and is not carried over.
    /// </summary>
    /// <param name="minimum">Of the rule book. Unit: STK.</param>
    /// <param name="now">By the economy's clock.</param>
    public static ImmutableArray<WeeklyPayout> Of(
        WeekId week, IEnumerable<WeeklyCandidate> candidates, Amount minimum, DateTimeOffset now) =>
    [
        .. from candidate in candidates
           where candidate.Mode == PayoutMode.Weekly && candidate.PayableFrom <= now
           let amount = Amount.Min(candidate.Released + candidate.Unlocked, candidate.Balance)
           where amount >= minimum && amount > Amount.Zero
           select new WeeklyPayout(
               SettlementIds.WeeklyPayout(week, candidate.Participant), candidate.Participant, amount),
    ];
}

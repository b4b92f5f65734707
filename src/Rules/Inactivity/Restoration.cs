using Stk.Rules.Money;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Rules.Inactivity;

/// <summary>When a debit is given back to somebody who has come back.</summary>
/// <param name="First">The first week that can earn it: its streak began with the week of the debit at the earliest.</param>
/// <param name="Last">The last week that can.</param>
/// <param name="Weeks">In a row. Unit: weeks.</param>
/// <param name="ShareBp">Of the debit. Unit: basis points.</param>
public readonly record struct Restoration(WeekId First, WeekId Last, int Weeks, int ShareBp)
{
    /// <param name="runMonday">Of the run that made the debit.</param>
    public static Restoration Of(DateOnly runMonday, RestorationRules rules) => new(
        Later(runMonday, rules.Weeks - 1), Later(runMonday, rules.SpanWeeks - 1), rules.Weeks, rules.ShareBp);

    /// <summary>Whether a week's statement earns it.</summary>
    /// <param name="streak">Of the statement; null where there is none.</param>
    public bool IsEarned(WeekId week, int? streak) =>
        ShareBp > 0 && First <= week && week <= Last && streak >= Weeks;

    /// <summary>floor(debit x share), to the micro-STK.</summary>
    public Amount Sum(Amount debit) => debit.ScaledDown(ShareBp, LargestRemainder.WholeBp);

    /// <summary>All that is due at one settlement, or none of it: what waits is due at the next.</summary>
    public static bool CanBePaid(Amount fund, IEnumerable<Amount> due) => Amount.Sum(due) <= fund;

    private static WeekId Later(DateOnly monday, int weeks) => WeekId.Of(monday.AddDays(7 * weeks));
}

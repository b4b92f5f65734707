using Stk.Rules.Money;
using Stk.Rules.Quarters;
using Stk.Rules.Weeks;

namespace Stk.Grains.Inactivity;

/// <summary>How far a quarter has come: its run, or one of its warnings.</summary>
/// <param name="Days">0: the run; else of the warning so many days before the quarter's first day.</param>
/// <param name="SealedTo">The last week whose seal is looked at.</param>
/// <param name="LeavesTo">The last leave that counts, by its number.</param>
/// <param name="SuspensionsTo">The last change that counts, by its number.</param>
/// <param name="People">Of the run: from whom something was to be taken; of a warning: who was warned. Null before.</param>
/// <param name="Amount">Of the run: to be taken; of a warning: said. Null before.</param>
internal sealed record QuarterRun(
    QuarterId Quarter, int Days, int RulesVersion, WeekId SealedTo, int LeavesTo, int SuspensionsTo,
    DateTimeOffset BeganAt, int? People, Amount? Amount, DateTimeOffset? AssessedAt, DateTimeOffset? DoneAt);

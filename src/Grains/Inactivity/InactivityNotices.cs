using System.Globalization;
using Stk.Grains.Notices;
using Stk.Rules.Inactivity;
using Stk.Rules.Money;
using Stk.Rules.Notices;
using Stk.Rules.Quarters;
using Stk.Rules.RuleBooks;
using Stk.Rules.Weeks;

namespace Stk.Grains.Inactivity;

/// <summary>
/// What people are told of a quarter's redistribution. Written in the commit of what it tells of, and made again from the
/// tables by verification. Pure.
/// </summary>
public static class InactivityNotices
{
    /// <param name="days">Before the quarter's first day.</param>
    /// <param name="rateBp">Unit: basis points.</param>
    /// <param name="amount">What the run would take by what is known now.</param>
    public static Notice Warning(QuarterId quarter, int days, long participant, int rateBp, Amount amount) => new(
        NoticeIds.Of(NoticeKinds.InactivityWarning, quarter.ToString(), Text(participant), Text(days)), participant,
        NoticeKinds.InactivityWarning,
        Notice.Json(new
        {
            quarter = quarter.ToString(),
            runsOn = InactivityTimetable.RunMonday(quarter),
            rateBp,
            amount,
            daysBefore = days,
        }));

    /// <summary>It promises no more than the rule book of the run does.</summary>
    /// <param name="debit">The ledger's transaction.</param>
    /// <param name="rateBp">Unit: basis points.</param>
    public static Notice Charged(
        Guid debit, QuarterId quarter, long participant, int rateBp, Amount amount, RestorationRules rules)
    {
        var restoration = Restoration.Of(InactivityTimetable.RunMonday(quarter), rules);
        return new(
            NoticeIds.Of(NoticeKinds.InactivityCharged, debit.ToString()), participant, NoticeKinds.InactivityCharged,
            restoration.ShareBp == 0
                ? Notice.Json(new { quarter = quarter.ToString(), amount, rateBp })
                : Notice.Json(new
                {
                    quarter = quarter.ToString(),
                    amount,
                    rateBp,
                    restoreWeeks = restoration.Weeks,
                    restoreUntil = restoration.Last.Monday.AddDays(6),
                }));
    }

    /// <param name="credit">The ledger's transaction.</param>
    /// <param name="week">Whose settlement has given it back.</param>
    public static Notice Restored(Guid credit, QuarterId quarter, long participant, WeekId week, Amount amount) => new(
        NoticeIds.Of(NoticeKinds.InactivityRestored, credit.ToString()), participant, NoticeKinds.InactivityRestored,
        Notice.Json(new { quarter = quarter.ToString(), amount, week = week.ToString() }));

    /// <param name="amount">What the decision has given back or taken; zero where it has moved nothing.</param>
    public static Notice Decided(Guid appeal, QuarterId quarter, long participant, bool isAccepted, Amount amount) => new(
        NoticeIds.Of(NoticeKinds.AppealDecided, appeal.ToString()), participant, NoticeKinds.AppealDecided,
        Notice.Json(new { quarter = quarter.ToString(), accepted = isAccepted, amount }));

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
